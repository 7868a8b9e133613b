function Invoke-BackupJob {
    <#
    .SYNOPSIS
    Runs backup jobs: hooks, backup, verification, retention, reports and notifications, as their job files say.

    .DESCRIPTION
    Invoke-BackupJob runs the jobs of job files, one after the other, and outputs one MirrorBackup.JobResult
    for each.

    Use it to run by hand what is scheduled, to try out a new job (with -WhatIf), and to run jobs on other
    computers.

    A run of a job is: its hooks before the backup; the backup; the test of the new generation, if the job asks for it;
    the removal of generations that its retention does not keep, after a backup that is complete and good; reports; the
    hooks for failures, and those for the end; notifications. What fails is in the result, and does not stop the jobs
    that follow. Every run writes a log file of JSON lines, whose path is in LogFile.

    State tells how it ended, and ExitCode says the same to schedulers: Complete (0), all of it succeeded; Partial (3),
    there is a backup, but something failed; Failed (1), there is no new backup; Cancelled (130), it was stopped. A job
    that fails is also an error whose id is that of its first problem, and one that is partial a warning.

    With -ComputerName or -Session the jobs run on other computers, side by side. The module must be installed there. The
    job files are read here and sent, variables such as %ComputerName% are replaced there, and the results have
    the property PSComputerName.

    .PARAMETER Path
    Job files, or folders with job files. Wildcards are allowed. Without it, the folder for the jobs of this machine. Files
    from Get-ChildItem and jobs from Get-BackupJob can be piped to it.

    .PARAMETER Name
    The names of the jobs to run. Wildcards are allowed. Without it all jobs that are enabled; a job that is not enabled
    runs only if this is its exact name.

    .PARAMETER AllowSetChange
    Accepts another backup set at the destination than the one that the machine which runs the job remembers of it, or none:
    after the disk was replaced on purpose. A setId in the job file still decides.

    .PARAMETER AllowSourceChange
    Accepts other sources than the set had before: after the sources of the job were changed.

    .PARAMETER AllowEmptySource
    Accepts a source that is empty now and was not before.

    .PARAMETER ComputerName
    The computers to run the jobs on, by PowerShell remoting.

    .PARAMETER Session
    Sessions to run the jobs in, from New-PSSession. Use it for remoting by SSH, and for options this command does not have.

    .PARAMETER Credential
    The account for the other computers. Default: the current one.

    .PARAMETER ThrottleLimit
    How many computers work at the same time. Lower it if they all write to one server. Default: 32.

    .PARAMETER Authentication
    How to log on to the other computers, as for Invoke-Command. Use CredSSP where a job writes to a share of a third
    computer, and nothing better can be had.

    .PARAMETER ConfigurationName
    The session configuration on the other computers, such as PowerShell.7.

    .PARAMETER SessionOption
    Options of the connections, from New-PSSessionOption.

    .PARAMETER UseSSL
    Connects by HTTPS.

    .PARAMETER WhatIf
    Changes nothing, and outputs a MirrorBackup.JobPlan for each job: the generation it would make, the generations that
    retention would remove after that, and the hooks that would run.

    .PARAMETER Confirm
    Asks before each job.

    .INPUTS
    MirrorBackup.Job. Jobs from Get-BackupJob, files and folders from Get-ChildItem, and paths.

    .OUTPUTS
    MirrorBackup.JobResult, one for each job. Generation holds the MirrorBackup.Generation it made; the destination binds
    to commands such as Get-BackupGeneration and Test-BackupGeneration. With -WhatIf MirrorBackup.JobPlan.

    .NOTES
    Ctrl+C stops the job at work safely: its hooks for failures and for the end still run, for at most 20 seconds, and its
    log says that it was cancelled. Two runs of one job never overlap on a machine: the second one fails with JobBusy.

    $LASTEXITCODE is not set. For schedulers there is the script Invoke-ScheduledJob.ps1 in the folder of the module, which
    ends with the worst ExitCode of its jobs.

    .EXAMPLE
    Invoke-BackupJob ./jobs.yml -WhatIf

    Shows what the enabled jobs of a file would do.

    .EXAMPLE
    Invoke-BackupJob ./jobs.yml -Name documents

    Runs one job.

    .EXAMPLE
    Invoke-BackupJob C:\Jobs | Where-Object State -NE 'Complete' | Format-List

    Runs all enabled jobs of a folder, and shows the results that need a look.

    .EXAMPLE
    Get-ChildItem /etc/backup/*.yml | Invoke-BackupJob | Select-Object -ExpandProperty Problems

    Runs the jobs of some files, and shows what went wrong.

    .EXAMPLE
    Invoke-BackupJob C:\Jobs\workstation.yml -ComputerName PC1, PC2, PC3 -ThrottleLimit 2 | Format-Table PSComputerName, Job, State, Duration

    Runs the jobs of a file on three computers, two at a time.

    .LINK
    Get-BackupJob

    .LINK
    Test-BackupJob

    .LINK
    New-MirrorBackup

    .LINK
    Test-BackupGeneration

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(DefaultParameterSetName = 'Path', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    [OutputType('MirrorBackup.JobResult', 'MirrorBackup.JobPlan')]
    param(
        [Parameter(ParameterSetName = 'Path', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ComputerName', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'Session', Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('File', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Path,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('Job')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [switch]$AllowSetChange,

        [switch]$AllowSourceChange,

        [switch]$AllowEmptySource,

        [Parameter(ParameterSetName = 'ComputerName', Mandatory = $true)]
        [Alias('Cn')]
        [ValidateNotNullOrEmpty()]
        [string[]]$ComputerName,

        [Parameter(ParameterSetName = 'Session', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [System.Management.Automation.Runspaces.PSSession[]]$Session,

        [Parameter(ParameterSetName = 'ComputerName')]
        [System.Management.Automation.Credential()]
        [System.Management.Automation.PSCredential]$Credential,

        [Parameter(ParameterSetName = 'ComputerName')]
        [Parameter(ParameterSetName = 'Session')]
        [ValidateRange(1, 10000)]
        [int]$ThrottleLimit,

        [Parameter(ParameterSetName = 'ComputerName')]
        [System.Management.Automation.Runspaces.AuthenticationMechanism]$Authentication,

        [Parameter(ParameterSetName = 'ComputerName')]
        [ValidateNotNullOrEmpty()]
        [string]$ConfigurationName,

        [Parameter(ParameterSetName = 'ComputerName')]
        [System.Management.Automation.Remoting.PSSessionOption]$SessionOption,

        [Parameter(ParameterSetName = 'ComputerName')]
        [switch]$UseSSL
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $nameOfAll = $Name
        $queries = [ordered]@{}
    }
    process {
        # A file has a name, too, which is none of a job.
        if (Test-FileSystemItem $_) { Add-JobQuery $PSCmdlet $queries (, $_) $nameOfAll }
        else { Add-JobQuery $PSCmdlet $queries $Path $Name }
    }
    end {
        # What was asked for matches nothing, which is said.
        $asked = @($queries.Values | Where-Object -FilterScript { $_.Paths.Count -gt 0 -or -not $PSBoundParameters.ContainsKey('Path') })
        if ($PSCmdlet.ParameterSetName -ne 'Path') {
            foreach ($query in $asked) {
                $where = if ($ComputerName) { $ComputerName -join ', ' } else { @($Session.ComputerName) -join ', ' }
                $shown = ConvertTo-DisplayText ($query.Paths -join ', ')
                $decision = Get-RunDecision $PSCmdlet "Run the jobs of $shown on $where"
                if ($decision.Go -or $decision.WhatIf) {
                    Invoke-FleetJob $PSCmdlet $query.Paths $query.Names $PSBoundParameters -WhatIf:$decision.WhatIf
                }
            }
            return
        }
        $seen = @{}
        $engine = New-EngineSession
        try {
            Start-Engine $engine $PSCmdlet 'createGeneration'
            foreach ($query in $asked) {
                foreach ($job in @(Read-Job $engine $PSCmdlet $query)) {
                    $key = "$($job.file)|$($job.name)"
                    if ($seen.ContainsKey($key)) { continue }
                    $seen[$key] = $true
                    $decision = Get-RunDecision $PSCmdlet "Run the job $($job.name) of $(ConvertTo-DisplayText $job.file)"
                    if ($decision.Go -or $decision.WhatIf) { Invoke-Job $engine $PSCmdlet $job $PSBoundParameters -WhatIf:$decision.WhatIf }
                }
            }
        }
        finally {
            # A job that is stopped has hooks to run, and results to write.
            Stop-Engine $engine -GraceMilliseconds 35000
        }
    }
}
