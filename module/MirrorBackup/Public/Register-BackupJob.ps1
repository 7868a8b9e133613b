function Register-BackupJob {
    <#
    .SYNOPSIS
    Lets jobs run by themselves: gives them to the Task Scheduler of Windows, or to systemd on Linux.

    .DESCRIPTION
    Register-BackupJob makes of the schedule of each job what the machine's scheduler understands: a task in the folder
    MirrorBackup of the Task Scheduler's library, or a service and a timer of systemd.

    Use it once after a job was written, and again after its schedule, its file's place, the module or PowerShell has
    changed: what is there is replaced. All else in the job file is read anew by each run.

    The task or service starts PowerShell, which runs the job as Invoke-BackupJob does, and ends with the exit code of the
    result: 0 complete, 3 partial, 1 failed, 130 cancelled. While a run is under way no second one of the job is started.

    The schedules of the machine are for administrators and root. Without root, a job on Linux is given to the service
    manager of the user.

    .PARAMETER Path
    The job files, or folders with job files. Wildcards are allowed. Without it the folder of this machine's jobs.

    .PARAMETER Name
    Only jobs with these names. Wildcards are allowed. A job that is named and has no schedule is an error.

    .PARAMETER Credential
    The account the jobs run as and its password, which the Task Scheduler keeps (Windows). For accounts of users that need
    shares of other machines; SYSTEM and group managed service accounts have no password.

    .PARAMETER OutputFolder
    Writes the files only, into this folder: the XML of tasks for Register-ScheduledTask or schtasks.exe, or units for
    systemd. To look at them, or to take them to machines in another way. Nothing is registered.

    .PARAMETER Force
    Replaces tasks and units of the same name that were made for another job file, or by somebody else.

    .PARAMETER WhatIf
    Registers and writes nothing, and shows what would be registered.

    .PARAMETER Confirm
    Asks before each job.

    .INPUTS
    MirrorBackup.Job. Objects with the properties Path and Name.

    .OUTPUTS
    MirrorBackup.ScheduledJob. Job, Path, Kind (TaskScheduler or Systemd), Id (the task or the timer), NextRun, User, Enabled
    and Scope (Machine or User).

    System.IO.FileInfo. The files, with -OutputFolder.

    .NOTES
    Either a job is registered as a whole, or all is as it was before. docs/scheduling.md tells of accounts, missed runs and
    alerts.

    .EXAMPLE
    Register-BackupJob C:\ProgramData\MirrorBackup\jobs\office.yml

    Registers all jobs of a file that have a schedule.

    .EXAMPLE
    Get-BackupJob /etc/mirrorbackup -Name 'home*' | Register-BackupJob

    Registers some jobs of a folder.

    .EXAMPLE
    Register-BackupJob .\office.yml -Name documents -Credential CONTOSO\ann

    Asks for the password of a user and lets the job run as that user, whether she is logged on or not.

    .EXAMPLE
    Register-BackupJob ./office.yml -OutputFolder ./units

    Writes what would be registered.

    .LINK
    Unregister-BackupJob

    .LINK
    Get-BackupJob

    .LINK
    Invoke-BackupJob

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    [OutputType('MirrorBackup.ScheduledJob', [System.IO.FileInfo])]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('File', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Path,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('Job')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [ValidateNotNull()]
        [System.Management.Automation.Credential()]
        [System.Management.Automation.PSCredential]$Credential,

        [ValidateNotNullOrEmpty()]
        [string]$OutputFolder,

        [switch]$Force
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        if ($Credential -and -not $script:OnWindows) {
            $PSCmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target 'Credential' `
                        -Message 'systemd starts services without a password.' -Hint "Give the job a 'schedule.user' and leave out -Credential."))
        }
        $requests = [System.Collections.Generic.List[object]]::new()
    }
    process {
        $request = [ordered]@{}
        if ($Path) { $request['paths'] = @(foreach ($one in $Path) { Resolve-JobFile $PSCmdlet $one }) }
        if ($Path -and -not $request['paths']) { return }
        if ($Name) { $request['names'] = @($Name) }
        $requests.Add($request)
    }
    end {
        if ($requests.Count -eq 0) { return }
        $scope = if ($script:OnWindows -or (Test-Elevation)) { 'Machine' } else { 'User' }
        $common = @{
            scheduler   = if ($script:OnWindows) { 'TaskScheduler' } elseif ($scope -eq 'Machine') { 'Systemd' } else { 'SystemdUser' }
            shell       = Get-SchedulerShell
            script      = Get-ScheduledScript
            environment = Get-SchedulerEnvironment $PSCmdlet
        }
        if ($Credential) {
            $common['user'] = $Credential.UserName
            $common['logon'] = 'Password'
        }
        $folder = if ($OutputFolder) { Resolve-BackupPath $PSCmdlet $OutputFolder }
        $engine = New-EngineSession
        $engine.Activity = 'Reading jobs'
        try {
            foreach ($request in $requests) {
                foreach ($key in $common.Keys) { $request[$key] = $common[$key] }
                Invoke-EngineRequest $engine $PSCmdlet 'describeSchedules' $request -ContinueOnError:($requests.Count -gt 1)
                foreach ($schedule in @($engine.Result.schedules)) {
                    $where = if ($folder) { ConvertTo-DisplayText $folder } else { "$($schedule.kind) ($scope)" }
                    if (-not $PSCmdlet.ShouldProcess("$($schedule.id) in $where", "Register the job $($schedule.job)")) { continue }
                    # One that fails does not hold up the others.
                    Write-ScheduleResult $PSCmdlet $(
                        if ($folder) { Export-Schedule $schedule $folder -Force:$Force }
                        else { Register-Schedule $PSCmdlet $schedule $scope $Credential -Force:$Force }
                    )
                }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
