# Takes a job from systemd: no more starts, no units. A run that is under way goes on. Outputs the error if that fails.
function Unregister-SystemdJob {
    param($Cmdlet, $Job)
    $problem = Invoke-Systemctl $Cmdlet $Job.Scope 'disable', '--now', $Job.Id
    if ($problem) { return $problem }
    $timer = [System.IO.Path]::Combine((Get-UnitFolder $Job.Scope), $Job.Id)
    foreach ($path in $timer, [System.IO.Path]::ChangeExtension($timer, '.service')) {
        # The service may be somebody else's by now.
        if ($null -eq (Read-UnitOwner $path)) { continue }
        try { [System.IO.File]::Delete($path) }
        catch [System.IO.IOException], [System.UnauthorizedAccessException] { return New-ScheduleFileError $path 'removed' $_ }
    }
    Invoke-Systemctl $Cmdlet $Job.Scope 'daemon-reload'
}
