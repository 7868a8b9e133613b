# Takes a job from the Task Scheduler. A run that is under way goes on. Outputs the error if that fails.
function Unregister-TaskSchedulerJob {
    param($Job)
    if (Test-TaskModule) {
        try { $null = Unregister-ScheduledTask -TaskName $Job.Job -TaskPath '\MirrorBackup\' -Confirm:$false -ErrorAction Stop }
        catch { return New-TaskError $Job.Id 'removed' $_.Exception.Message }
        return
    }
    $result = Invoke-Program 'schtasks.exe' '/Delete', '/TN', $Job.Id, '/F'
    if ($result.ExitCode -ne 0) { return New-TaskError $Job.Id 'removed' "$($result.Error) $($result.Output)".Trim() }
}
