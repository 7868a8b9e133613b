# Gives one described job to the scheduler of this machine, and outputs how it is there, or the error.
function Register-Schedule {
    param($Cmdlet, $Schedule, [string]$Scope, [System.Management.Automation.PSCredential]$Credential, [switch]$Force)
    $isTask = $Schedule.kind -eq 'TaskScheduler'
    $problem = if ($Scope -eq 'Machine') { Get-ElevationError }
    if (-not $problem -and -not $isTask) { $problem = Invoke-Systemctl $Cmdlet $Scope 'show', '--property=Version' }
    if (-not $problem -and -not $Force) { $problem = Get-ScheduleConflict $Schedule $(if (-not $isTask) { Get-UnitFolder $Scope }) }
    if (-not $problem) { $problem = if ($isTask) { Register-TaskSchedulerJob $Schedule $Credential } else { Register-SystemdJob $Cmdlet $Schedule $Scope } }
    if ($problem) { return $problem }
    Write-ScheduleWarning $Cmdlet $Schedule $Scope $Credential
    Get-ScheduledJobState $Schedule.job | Where-Object -FilterScript { $_.Scope -eq $Scope }
}

# What one would find out only when the job has not run.
function Write-ScheduleWarning {
    param($Cmdlet, $Schedule, [string]$Scope, $Credential)
    if (-not $Schedule.enabled) { $Cmdlet.WriteWarning("The job '$($Schedule.job)' is not enabled: it is registered, and does not start.") }
    if ($Schedule.kind -eq 'TaskScheduler' -and $Schedule.account -eq 'User' -and -not $Credential) {
        $Cmdlet.WriteWarning("The job '$($Schedule.job)' runs as $($Schedule.user) without a password, and so without rights on other machines. For shares use -Credential, or a group managed service account.")
    }
    if ($Scope -eq 'User' -and $Schedule.kind -eq 'Systemd') {
        $user = [System.Environment]::UserName
        if (-not [System.IO.File]::Exists("$($script:LingerFolder)/$user")) {
            $Cmdlet.WriteWarning("The job '$($Schedule.job)' runs only while $user is logged in. To let it run always: loginctl enable-linger $user")
        }
    }
}

# Tests use another folder.
$script:LingerFolder = '/var/lib/systemd/linger'
