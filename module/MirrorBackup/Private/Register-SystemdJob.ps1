# Gives a job to systemd. Either both units are there in the end and the timer runs, or all is as it was.
function Register-SystemdJob {
    param($Cmdlet, $Schedule, [string]$Scope)
    $null = Invoke-Systemctl $Cmdlet $Scope 'show', '--property=Version'
    $folder = Get-UnitFolder $Scope
    $made = -not [System.IO.Directory]::Exists($folder)
    $before = [ordered]@{}
    foreach ($file in $Schedule.files) {
        $path = [System.IO.Path]::Combine($folder, $file.name)
        $before[$path] = if ([System.IO.File]::Exists($path)) { [System.IO.File]::ReadAllBytes($path) }
    }
    $done = $false
    try {
        $null = [System.IO.Directory]::CreateDirectory($folder)
        Write-ScheduleFile $Cmdlet $Schedule $folder
        $null = Invoke-Systemctl $Cmdlet $Scope 'daemon-reload'
        if ($Schedule.enabled) {
            $null = Invoke-Systemctl $Cmdlet $Scope 'enable', $Schedule.id
            # Not "enable --now": a timer that runs would go on with its old times.
            $null = Invoke-Systemctl $Cmdlet $Scope 'restart', $Schedule.id
        }
        else { $null = Invoke-Systemctl $Cmdlet $Scope 'disable', '--now', $Schedule.id }
        $done = $true
    }
    finally {
        if (-not $done) { Undo-SystemdJob $Schedule $Scope $before $(if ($made) { $folder }) }
    }
}

# From a finally block, and with an error under way: what fails here has no better message.
function Undo-SystemdJob {
    param($Schedule, [string]$Scope, $Before, [string]$MadeFolder)
    $user = if ($Scope -eq 'User') { , '--user' } else { @() }
    try {
        $isNew = @($Before.Values | Where-Object -FilterScript { $null -ne $_ }).Count -eq 0
        if ($isNew) { $null = Invoke-Program 'systemctl' (@($user) + @('disable', '--now', $Schedule.id)) }
        foreach ($path in $Before.Keys) {
            if ($null -ne $Before[$path]) { [System.IO.File]::WriteAllBytes($path, $Before[$path]) }
            else { [System.IO.File]::Delete($path) }
        }
        if ($MadeFolder) { [System.IO.Directory]::Delete($MadeFolder) }
        $null = Invoke-Program 'systemctl' (@($user) + 'daemon-reload')
    }
    catch [System.IO.IOException], [System.UnauthorizedAccessException], [System.ComponentModel.Win32Exception] { return }
}
