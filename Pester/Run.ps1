<#
.SYNOPSIS
Runs the Pester tests, with Pester 5 if it is installed and with the bundled runner if not.
.PARAMETER Path
Test files or folders; default: this folder.
.PARAMETER Filter
Wildcards on the full name, "Describe.Context.It".
.PARAMETER Junit
A file to write a JUnit XML report to.
#>
[CmdletBinding()]
param(
    [string[]]$Path = $PSScriptRoot,
    [string[]]$Filter = @(),
    [string]$Junit,
    [ValidateSet('None', 'Normal', 'Detailed')] [string]$Output = 'Detailed',
    [switch]$Bundled
)

$pester = $null
if (-not $Bundled) {
    $pester = Get-Module -Name Pester -ListAvailable | Where-Object { $_.Version.Major -ge 5 } | Sort-Object -Property Version | Select-Object -Last 1
}

if ($pester) {
    Import-Module -Name $pester.Path -Force
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = $Output
    if ($Filter) { $configuration.Filter.FullName = $Filter }
    $result = Invoke-Pester -Configuration $configuration
}
else {
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'Runner', 'PesterLite.psd1')) -Force
    $result = Invoke-Pester -Path $Path -FullNameFilter $Filter -Output $Output -PassThru
}

if ($Junit) {
    & ([System.IO.Path]::Combine($PSScriptRoot, 'Runner', 'Export-JUnitReport.ps1')) -Result $result -Path $Junit
}

foreach ($test in $result.Skipped) {
    $because = $test.Because
    if (-not $because -and [string]$test.ErrorRecord -match 'because (.*)') { $because = $Matches[1] }
    "Skipped: $($test.ExpandedPath)$(if ($because) { ": $because" })"
}

foreach ($test in $result.Failed) {
    "Failed: $($test.ExpandedPath): $(@([string]@($test.ErrorRecord)[0] -split "`r?`n")[0])"
}
foreach ($container in $result.FailedContainers) {
    $message = if ($container.Message) { $container.Message } else { [string]@($container.ErrorRecord)[0] }
    $name = if ($container.Name) { $container.Name } else { $container.Item }
    "Failed: ${name}: $(@($message -split "`r?`n")[0])"
}

if ($result.TotalCount -eq 0) {
    'No tests were found.'
}

"Pester: $($result.PassedCount) passed, $($result.FailedCount + $result.FailedContainersCount) failed, $($result.SkippedCount) skipped"
if ($result.FailedCount -gt 0 -or $result.FailedContainersCount -gt 0 -or $result.TotalCount -eq 0 -or $result.Result -eq 'Failed') {
    exit 1
}

exit 0
