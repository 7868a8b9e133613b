# Takes a job from systemd: no more starts, no units. A run that is under way goes on.
function Unregister-SystemdJob {
    param($Cmdlet, $Job)
    $null = Invoke-Systemctl $Cmdlet $Job.Scope 'disable', '--now', $Job.Id
    $timer = [System.IO.Path]::Combine((Get-UnitFolder $Job.Scope), $Job.Id)
    foreach ($path in $timer, [System.IO.Path]::ChangeExtension($timer, '.service')) {
        # The service may be somebody else's by now.
        if ($null -eq (Read-UnitOwner $path)) { continue }
        try { [System.IO.File]::Delete($path) }
        catch [System.IO.IOException], [System.UnauthorizedAccessException] {
            $Cmdlet.ThrowTerminatingError((New-ModuleError -Id SchedulerFailed -Category InvalidResult -Target $path `
                        -Message "The file '$path' cannot be removed: $($_.Exception.InnerException.Message)" `
                        -Hint 'Put right what it says, and do it again. The timer does not start the job any more.'))
        }
    }
    $null = Invoke-Systemctl $Cmdlet $Job.Scope 'daemon-reload'
}
