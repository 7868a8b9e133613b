# The jobs that this machine's scheduler was given by Register-BackupJob: MirrorBackup.ScheduledJob. Wildcards are allowed.
function Get-ScheduledJobState {
    param([string]$Name = '*')
    if ($script:OnWindows) { return Get-TaskSchedulerJob $Name }
    return Get-SystemdJob $Name
}

# Whether this process may change the schedules of the machine.
function Test-Elevation {
    if (-not $script:OnWindows) { return [System.Environment]::UserName -ceq 'root' }
    $user = [System.Security.Principal.WindowsPrincipal]::new([System.Security.Principal.WindowsIdentity]::GetCurrent())
    return $user.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
}

function Get-ElevationError {
    if (Test-Elevation) { return }
    $who = if ($script:OnWindows) { 'administrators' } else { 'root' }
    return New-ModuleError -Id ElevationRequired -Category PermissionDenied -Message "Only $who may change the schedules of this machine." `
        -Hint 'Run it in a PowerShell that was started as administrator or, on Linux, as root.'
}
