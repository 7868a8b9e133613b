# Takes a job from the Task Scheduler. A run that is under way goes on.
function Unregister-TaskSchedulerJob {
    param($Cmdlet, $Job)
    if (Test-TaskModule) {
        try { Unregister-ScheduledTask -TaskName $Job.Job -TaskPath '\MirrorBackup\' -Confirm:$false -ErrorAction Stop }
        catch { $Cmdlet.ThrowTerminatingError((New-TaskError $Job.Id 'removed' $_.Exception.Message)) }
        return
    }
    $result = Invoke-Program 'schtasks.exe' '/Delete', '/TN', $Job.Id, '/F'
    if ($result.ExitCode -ne 0) { $Cmdlet.ThrowTerminatingError((New-TaskError $Job.Id 'removed' "$($result.Error) $($result.Output)".Trim())) }
}
