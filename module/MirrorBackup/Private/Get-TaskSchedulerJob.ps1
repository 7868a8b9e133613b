# The jobs that the Task Scheduler was given: MirrorBackup.ScheduledJob.
function Get-TaskSchedulerJob {
    param([string]$Name = '*')
    foreach ($task in Get-MirrorBackupTask) {
        if ($task.TaskName -notlike $Name -or $task.Source -ne 'MirrorBackup') { continue }
        $account = [string]$task.Principal.UserId
        [pscustomobject]@{
            PSTypeName = 'MirrorBackup.ScheduledJob'
            Job        = $task.TaskName
            Path       = $task.Documentation
            Kind       = 'TaskScheduler'
            Id         = "\MirrorBackup\$($task.TaskName)"
            NextRun    = Get-TaskNextRun $task
            User       = if ($account -eq 'S-1-5-18') { 'SYSTEM' } else { $account }
            Enabled    = [string]$task.Settings.Enabled -ne 'False'
            Scope      = 'Machine'
        }
    }
}

# The tasks in our folder of the library, ours or not.
function Get-MirrorBackupTask {
    if (Test-TaskModule) {
        Get-ScheduledTask -TaskPath '\MirrorBackup\' -ErrorAction Ignore
        return
    }
    # Windows 7 and Server 2008 R2 have no cmdlets for tasks; a task is an XML file there as everywhere.
    $folder = [System.IO.Path]::Combine([System.Environment]::SystemDirectory, 'Tasks', 'MirrorBackup')
    if (-not [System.IO.Directory]::Exists($folder)) { return }
    foreach ($file in [System.IO.Directory]::GetFiles($folder)) {
        $xml = [xml][System.IO.File]::ReadAllText($file)
        [pscustomobject]@{
            TaskName      = [System.IO.Path]::GetFileName($file)
            Source        = $xml.Task.RegistrationInfo.Source
            Documentation = $xml.Task.RegistrationInfo.Documentation
            Principal     = [pscustomobject]@{ UserId = $xml.Task.Principals.Principal.UserId }
            Settings      = [pscustomobject]@{ Enabled = $xml.Task.Settings.Enabled }
            Actions       = [pscustomobject]@{ Execute = $xml.Task.Actions.Exec.Command; Arguments = $xml.Task.Actions.Exec.Arguments }
        }
    }
}

function Test-TaskModule {
    return $null -ne (Get-Command -Name Register-ScheduledTask -ErrorAction Ignore)
}

function Get-TaskNextRun {
    param($Task)
    if (-not (Test-TaskModule)) { return $null }
    $information = Get-ScheduledTaskInfo -TaskName $Task.TaskName -TaskPath '\MirrorBackup\' -ErrorAction Ignore
    return $information.NextRunTime
}
