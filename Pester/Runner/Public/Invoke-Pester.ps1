# Finds and runs tests in the given files and folders.
function Invoke-Pester {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)] [string[]]$Path = '.',
        [ValidateSet('None', 'Normal', 'Detailed')] [string]$Output = 'Normal',
        [string[]]$FullNameFilter = @(),
        [string[]]$TagFilter = @(),
        [string[]]$ExcludeTagFilter = @(),
        [switch]$PassThru
    )

    $outerRun = $script:Run
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $script:Run = @{
        Phase = 'Discovery'; Output = $Output; Root = $MyInvocation.MyCommand.Module.ModuleBase; File = $null; Current = $null; Test = $null; Watch = $null
        Scope = New-UserScope -SessionState $PSCmdlet.SessionState
        Location = $PWD.Path; TestDrive = $null
        Tests = [System.Collections.ArrayList]::new(); FailedContainers = [System.Collections.ArrayList]::new(); Mocks = @{}
    }
    try {
        $files = @(Get-TestFile -Path $Path)
        foreach ($file in $files) {
            Invoke-TestFile -File $file -Filter @{ FullName = $FullNameFilter; Tag = $TagFilter; ExcludeTag = $ExcludeTagFilter }
        }

        $result = New-RunResult -Watch $watch
    }
    finally {
        $script:Run = $outerRun
    }

    if ($Output -ne 'None') {
        Write-Host ('Tests Passed: {0}, Failed: {1}, Skipped: {2}, in {3:0.0} s' -f $result.PassedCount, $result.FailedCount, $result.SkippedCount, $result.Duration.TotalSeconds)
    }

    if ($PassThru) {
        $result
    }
}

function Get-TestFile {
    param([string[]]$Path)

    foreach ($entry in $Path) {
        foreach ($item in Get-Item -Path $entry -ErrorAction Stop) {
            if ($item.PSIsContainer) {
                Get-ChildItem -LiteralPath $item.FullName -Filter '*.Tests.ps1' -Recurse -File | Sort-Object -Property FullName | ForEach-Object { $_.FullName }
            }
            else {
                $item.FullName
            }
        }
    }
}

function Invoke-TestFile {
    param([string]$File, [hashtable]$Filter)

    $script:Run.Phase = 'Discovery'
    $script:Run.File = $File
    $root = New-Block -Variables @{}
    $root.File = $File
    $root.Line = 1
    $script:Run.Current = $root
    if ($script:Run.Output -eq 'Detailed') {
        Write-Host "`nRunning tests from '$File'"
    }

    try {
        $null = & $script:Run.Scope.Enter { . $script:Run.Scope.RunFile $File }
    }
    catch {
        Add-BlockFailure -Block $root -ErrorRecord $_ -Where "discovery of $File"
        return
    }

    Select-Test -Block $root -Filter $Filter
    $script:Run.Phase = 'Run'
    $script:Run.Current = $null
    New-TestDrive
    try {
        Invoke-Block -Block $root
    }
    finally {
        Remove-TestDrive
    }
}

function New-RunResult {
    param($Watch)

    $tests = $script:Run.Tests.ToArray()
    $failed = @($tests | Where-Object { $_.Result -eq 'Failed' })
    $passed = @($tests | Where-Object { $_.Result -eq 'Passed' })
    $skipped = @($tests | Where-Object { $_.Result -eq 'Skipped' })
    $state = 'Passed'
    if ($failed.Count -gt 0 -or $script:Run.FailedContainers.Count -gt 0) {
        $state = 'Failed'
    }

    [pscustomobject]@{
        PSTypeName = 'PesterLite.Run'; Result = $state; Duration = $Watch.Elapsed
        TotalCount = $tests.Count; PassedCount = $passed.Count; FailedCount = $failed.Count; SkippedCount = $skipped.Count
        FailedContainersCount = $script:Run.FailedContainers.Count
        Tests = $tests; Passed = $passed; Failed = $failed; Skipped = $skipped; FailedContainers = $script:Run.FailedContainers.ToArray()
    }
}
