function Get-BackupJob {
    <#
    .SYNOPSIS
    Reads backup jobs from job files.

    .DESCRIPTION
    Get-BackupJob reads YAML files and outputs an object for every job in them, as it would run on this machine: defaults
    filled in, variables replaced, relative paths made absolute. about_BackupJobs explains the files.

    What is wrong with a file is written as errors, one for each place, which begin with file, line and column. Jobs that are
    right are output all the same.

    Use it to see which jobs a machine has and how their last runs ended, to find mistakes in a job file, and to pass jobs on:
    objects go to Test-BackupJob and the other cmdlets for jobs through the pipeline.

    .PARAMETER Path
    Job files, or folders with job files (*.yml and *.yaml, without their subfolders). Wildcards are allowed. The default is
    this machine's folder for jobs: /etc/mirrorbackup/jobs, on Windows %ProgramData%\MirrorBackup\Jobs.

    .PARAMETER Name
    Names of jobs. Wildcards are allowed. Without it all.

    .INPUTS
    System.IO.FileInfo, System.String. Job files or folders.

    .OUTPUTS
    MirrorBackup.Job. Path and Line say where the job is written, Settings has everything that can be said in a job file,
    LastState and LastRun tell of its last run on this machine.

    .EXAMPLE
    Get-BackupJob

    Lists the jobs of this machine.

    .EXAMPLE
    Get-BackupJob -Path ./jobs -Name docs* | Test-BackupJob

    Tests some of the jobs in a folder.

    .EXAMPLE
    Get-ChildItem -Path /srv/config -Filter *.yml -Recurse | Get-BackupJob | Where-Object -FilterScript { $_.LastState -ne 'Complete' }

    Finds jobs whose last run was not complete, or that never ran here.

    .EXAMPLE
    (Get-BackupJob -Name docs).Settings.retention

    Shows a part of the settings of one job.

    .LINK
    Test-BackupJob

    .LINK
    New-BackupJob

    .LINK
    about_BackupJobs

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding()]
    [OutputType('MirrorBackup.Job')]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Path,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name
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
        $engine = New-EngineSession
        try {
            foreach ($query in $queries.Values) {
                # What was asked for matches nothing, which is said.
                if ($PSBoundParameters.ContainsKey('Path') -and $query.Paths.Count -eq 0) { continue }
                Invoke-EngineRequest $engine $PSCmdlet 'readJobs' (Get-JobRequest $query)
                ConvertTo-Job $engine.Result['jobs']
                Write-JobProblem $PSCmdlet $engine.Result['problems']
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
