# Runs one cmdlet of the module and writes what it took, as JSON: for bench/support/cmdlet.mjs.
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet('Import', 'New', 'Get', 'Remove')]
    [string]$Cmdlet,
    [string]$SetPath,
    [string]$Source,
    [string]$Name,
    # Another one than that of the checkout.
    [string]$Module = 'MirrorBackup'
)
$ErrorActionPreference = 'Stop'

$import = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module $Module
$import.Stop()

# The first call of a session compiles the module's script. What is measured is the work; the scenario "start" has the
# first call.
if ($Cmdlet -in 'New', 'Remove') {
    $warmUp = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "mirrorbackup-warm-up-$PID")
    try {
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($warmUp, 'source'))
        foreach ($round in 1, 2) {
            [System.IO.File]::WriteAllText([System.IO.Path]::Combine($warmUp, 'source', 'file'), "round $round")
            $made = New-MirrorBackup -Source "$warmUp/source" -Destination "$warmUp/set" -WarningAction SilentlyContinue
            if ($round -eq 1) { $first = $made.Name }
        }
        $null = Remove-BackupGeneration -SetPath "$warmUp/set" -Name $first -Confirm:$false
    }
    finally {
        [System.IO.Directory]::Delete($warmUp, $true)
    }
}

$output = $null
$watch = [System.Diagnostics.Stopwatch]::StartNew()
switch ($Cmdlet) {
    'New' { $output = New-MirrorBackup -Source $Source -Destination $SetPath }
    'Get' { $output = @(Get-BackupGeneration -SetPath $SetPath) }
    'Remove' { $output = Remove-BackupGeneration -SetPath $SetPath -Name $Name -Confirm:$false }
}
$watch.Stop()

$result = [ordered]@{ import = $import.Elapsed.TotalSeconds; seconds = $watch.Elapsed.TotalSeconds; count = @($output).Count }
if ($Cmdlet -eq 'New') {
    $result.name = $output.Name
    $result.state = $output.State
    $result.phases = [ordered]@{}
    foreach ($phase in 'Prepare', 'Mirror', 'Manifest', 'Flush', 'Commit') {
        $result.phases[$phase.ToLowerInvariant()] = $output.Phases.$phase.TotalSeconds
    }
}
if ($Cmdlet -eq 'Remove') { $result.action = $output.Action }
ConvertTo-Json -InputObject $result -Compress
