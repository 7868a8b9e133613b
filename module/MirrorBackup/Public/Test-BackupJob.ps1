function Test-BackupJob {
    <#
    .SYNOPSIS
    Tests whether backup jobs can run, and whether there is a backup that is young enough.

    .DESCRIPTION
    Test-BackupJob looks at everything that a job needs without running it, and outputs one object for each thing it looked
    at: the file is valid, the sources can be read, the set is the expected one, the destination takes hard links and has
    space, the account has the rights it needs, a snapshot can be had, generations are removed some day, programs of hooks
    are there, servers of notifications have an address, secrets can be found, a job with a schedule is registered, and what is
    registered still starts it with this module. Nothing is sent, and nothing stays changed on disk.

    Where there is no scheduler, and on Windows in a session without the rights of an administrator, who alone sees all tasks,
    nothing is said of jobs that are not registered.

    With -MaximumAge it also tells whether there is a complete generation that is not older than that, whichever machine
    made it. With -SetPath it does only that, on any machine that can read the set; no job file is needed.

    Use it before a job runs for the first time, when a run has failed, and, with -MaximumAge and -Quiet, in what watches over
    your backups. A job that another account runs (a registered one runs as SYSTEM or root) is best tested as that account: it has other
    rights and other environment variables.

    .PARAMETER Path
    Job files, or folders with job files. Wildcards are allowed. The default is this machine's folder for jobs:
    /etc/mirrorbackup/jobs, on Windows %ProgramData%\MirrorBackup\Jobs.

    .PARAMETER Name
    Names of jobs. Wildcards are allowed. Without it all.

    .PARAMETER SetPath
    Backup sets whose newest complete generation is looked at, instead of jobs.

    .PARAMETER MaximumAge
    How old the newest complete generation may be: a TimeSpan, or a text such as 26h, 90min or 8d.

    .PARAMETER Quiet
    Outputs only $true where nothing failed, else $false. Warnings are no failures; where there is nothing to test it is
    $false.

    .INPUTS
    MirrorBackup.Job, System.IO.FileInfo, System.String. Jobs, job files or folders.

    .OUTPUTS
    MirrorBackup.JobTest. Status is Passed, Warning or Failed; Hint says what to do. System.Boolean with -Quiet.

    .EXAMPLE
    Test-BackupJob

    Tests all jobs of this machine.

    .EXAMPLE
    Get-BackupJob -Name docs | Test-BackupJob | Where-Object -FilterScript { $_.Status -ne 'Passed' } | Format-List

    Shows what is wrong with one job.

    .EXAMPLE
    Test-BackupJob -SetPath \\nas\backup\laptop -MaximumAge 26h

    Tells on any machine whether a backup of last night is there.

    .EXAMPLE
    if (-not (Test-BackupJob -MaximumAge 26h -Quiet)) { exit 1 }

    For programs that watch over services.

    .EXAMPLE
    Test-BackupJob | Where-Object -FilterScript { $_.Check -eq 'Schedule' -and $_.Status -ne 'Passed' } | Select-Object -Property Job, Message, Hint

    Shows jobs that do not start by themselves although they have a schedule, such as after an update of the module.

    .LINK
    Get-BackupJob

    .LINK
    Test-BackupGeneration

    .LINK
    about_BackupJobs

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(DefaultParameterSetName = 'Job')]
    [OutputType('MirrorBackup.JobTest', ParameterSetName = ('Job', 'Set'))]
    [OutputType([bool], ParameterSetName = ('Job', 'Set'))]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Job', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Path,

        [Parameter(Position = 1, ParameterSetName = 'Job', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [Parameter(Mandatory = $true, ParameterSetName = 'Set')]
        [ValidateNotNullOrEmpty()]
        [string[]]$SetPath,

        [Parameter(ParameterSetName = 'Job')]
        [Parameter(Mandatory = $true, ParameterSetName = 'Set')]
        [ValidateNotNullOrEmpty()]
        [object]$MaximumAge,

        [switch]$Quiet
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $nameOfAll = $Name
        $queries = [ordered]@{}
    }
    process {
        if ($PSCmdlet.ParameterSetName -eq 'Set') { return }
        # A file has a name, too, which is none of a job.
        if (Test-FileSystemItem $_) { Add-JobQuery $PSCmdlet $queries (, $_) $nameOfAll }
        else { Add-JobQuery $PSCmdlet $queries $Path $Name }
    }
    end {
        $requests = [System.Collections.Generic.List[object]]::new()
        if ($PSCmdlet.ParameterSetName -eq 'Set') {
            $requests.Add([ordered]@{ setPaths = @(foreach ($one in $SetPath) { Resolve-BackupPath $PSCmdlet $one }) })
        }
        foreach ($query in $queries.Values) {
            if ($PSBoundParameters.ContainsKey('Path') -and $query.Paths.Count -eq 0) { continue }
            $requests.Add((Get-JobRequest $query))
        }
        $age = if ($PSBoundParameters.ContainsKey('MaximumAge')) { ConvertTo-JobDuration $PSCmdlet $MaximumAge 'MaximumAge' }
        $found = 0
        $failed = 0
        $engine = New-EngineSession
        try {
            foreach ($request in $requests) {
                if ($age) { $request['maximumAge'] = $age }
                Invoke-EngineRequest $engine $PSCmdlet 'testJobs' $request
                $secrets = @(Test-StoredSecret $engine.Result['storedSecrets'])
                $schedules = @(Test-JobSchedule $PSCmdlet $engine.Result['jobs'])
                foreach ($test in ConvertTo-JobTest (@($engine.Result['checks']) + $secrets + $schedules)) {
                    $found++
                    if (-not $test.Passed) { $failed++ }
                    if (-not $Quiet) { $test }
                }
            }
        }
        finally {
            Stop-Engine $engine
        }
        if ($Quiet) { $found -gt 0 -and $failed -eq 0 }
    }
}
