<#
.SYNOPSIS
Runs jobs for a scheduler, and exits with how they ended.

.DESCRIPTION
This is what a registered job starts. It writes nothing while all is well: the log files of the jobs tell what was done.
Errors go to standard error. A job that is not enabled does not run, and is no failure.

It exits with the worst exit code of its jobs: 1 (failed, or it could not run at all) before 130 (cancelled) before
3 (partial) before 0 (complete).

.PARAMETER Path
The job file, or a folder with job files.

.PARAMETER Name
The names of the jobs. Without it all jobs that are enabled.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File Invoke-ScheduledJob.ps1 -Path /etc/backup/jobs.yml -Name documents

Runs one job.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true, Position = 0)]
    [string]$Path,

    [Parameter(Position = 1)]
    [string[]]$Name
)

$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$script:failed = @()

# What a command outputs; its errors are kept for the end. An error variable would also hold those that the module handles.
function Receive-Output {
    param([scriptblock]$Command)
    try {
        foreach ($one in @(& $Command 2>&1)) {
            if ($one -is [System.Management.Automation.ErrorRecord]) { $script:failed += $one } else { $one }
        }
    }
    catch { $script:failed += $_ }
}

$codes = @()
$jobs = Receive-Output {
    Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'MirrorBackup.psd1')) -ErrorAction Stop
    $given = @{ Path = $Path }
    # With -File they are one word, for powershell.exe takes no lists there.
    if ($Name) { $given['Name'] = @($Name -split ',') }
    Get-BackupJob @given
}
$jobs = @($jobs | Where-Object -FilterScript { $_.Enabled })
foreach ($job in $jobs) {
    $codes += (Receive-Output { Invoke-BackupJob -Path $job.Path -Name $job.Name -Confirm:$false }).ExitCode
}
if (-not $jobs -and -not $failed) { exit 0 }
foreach ($record in $failed) {
    $hint = if ($record.ErrorDetails) { $record.ErrorDetails.RecommendedAction }
    [System.Console]::Error.WriteLine(("$record $hint").Trim())
}
# What went wrong without a result, such as a job file that cannot be read, is a failure.
$codes = @($codes | Where-Object -FilterScript { $null -ne $_ })
$known = @($codes | Where-Object -FilterScript { $_ -in 1, 130 })
if ($failed.Count -gt $known.Count) { exit 1 }
foreach ($code in 1, 130, 3, 0) { if ($codes -contains $code) { exit $code } }
exit 1
