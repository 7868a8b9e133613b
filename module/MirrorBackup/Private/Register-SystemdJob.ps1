# Gives a job to systemd. Either both units are there in the end and the timer runs, or all is as it was and the error is
# output.
function Register-SystemdJob {
    param($Cmdlet, $Schedule, [string]$Scope)
    $folder = Get-UnitFolder $Scope
    $before = [ordered]@{}
    foreach ($file in $Schedule.files) {
        $path = [System.IO.Path]::Combine($folder, $file.name)
        $before[$path] = if ([System.IO.File]::Exists($path)) { [System.IO.File]::ReadAllBytes($path) }
    }
    $wasEnabled = @(Get-SystemdJob $Schedule.job | Where-Object -FilterScript { $_.Scope -eq $Scope -and $_.Enabled }).Count -gt 0
    # Not "enable --now": a timer that runs would go on with its old times.
    $steps = [System.Collections.Generic.List[string[]]]::new()
    $steps.Add('daemon-reload')
    if ($Schedule.enabled) {
        $steps.Add(('enable', $Schedule.id))
        $steps.Add(('restart', $Schedule.id))
    }
    else { $steps.Add(('disable', '--now', $Schedule.id)) }
    $done = $false
    try {
        $problem = Write-ScheduleFile $Schedule $folder
        foreach ($step in $steps) { if (-not $problem) { $problem = Invoke-Systemctl $Cmdlet $Scope $step } }
        $done = -not $problem
        return $problem
    }
    finally {
        # Also when the pipeline was stopped.
        if (-not $done) { Undo-SystemdJob $Schedule $Scope $before $wasEnabled }
    }
}

# What fails here has no better message than the error that led here.
function Undo-SystemdJob {
    param($Schedule, [string]$Scope, $Before, [bool]$WasEnabled)
    $user = if ($Scope -eq 'User') { '--user' }
    try {
        # While the unit is there: without it systemd does not know what to disable.
        if (-not $WasEnabled) { $null = Invoke-Program 'systemctl' @($user; 'disable', '--now', $Schedule.id) }
        foreach ($path in $Before.Keys) {
            if ($null -ne $Before[$path]) { [System.IO.File]::WriteAllBytes($path, $Before[$path]) }
            else { [System.IO.File]::Delete($path) }
        }
        $null = Invoke-Program 'systemctl' @($user; 'daemon-reload')
        if (-not $WasEnabled) { return }
        $null = Invoke-Program 'systemctl' @($user; 'enable', $Schedule.id)
        $null = Invoke-Program 'systemctl' @($user; 'restart', $Schedule.id)
    }
    catch [System.IO.IOException], [System.UnauthorizedAccessException], [System.ComponentModel.Win32Exception] { return }
}
