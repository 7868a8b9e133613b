function New-BackupJob {
    <#
    .SYNOPSIS
    Writes a backup job into a job file.

    .DESCRIPTION
    New-BackupJob makes a job file with one job. In a new file every setting there is stands with its explanation; those that
    were not given are commented out. A job.schema.json beside it lets editors complete and check what is typed.

    If the file is there, the job is added to it. What else is in the file stays, comments too.

    Use it to begin a job file, and to look up what can be said in one. The job does not run yet: Test-BackupJob tests it, Register-BackupJob lets it run on schedule.

    .PARAMETER Path
    The job file, with the extension .yml or .yaml; or a folder, in which the file gets the name of the job.

    .PARAMETER Name
    The name of the job: letters, digits, dots, underscores and hyphens.

    .PARAMETER Source
    The folders to back up: paths, or hashtables with Path and Name where a folder is to have another name in the
    generations. A path may begin with a variable such as ${env:HOME}.

    .PARAMETER Destination
    The folder of the backup set. It may hold variables, such as %ComputerName% where several machines have the same job.

    .PARAMETER Description
    What the job is for, in a line.

    .PARAMETER Exclude
    What to leave out: patterns as in a .gitignore file.

    .PARAMETER Include
    Take only what matches: patterns as in a .gitignore file.

    .PARAMETER Snapshot
    What to read. Auto takes a snapshot of the volumes where one can be had: VSS on Windows, btrfs on Linux. Vss and Btrfs
    insist on that kind. None reads the live files. What is not given is Auto.

    .PARAMETER Comparison
    How an unchanged file is recognised. Metadata: by size, times and other metadata. Content: by its content as well, which
    reads every file. What is not given is Metadata.

    .PARAMETER KeepLast
    Keep this many generations, the newest ones.

    .PARAMETER KeepHourly
    Keep the newest generation of each of this many hours that have one.

    .PARAMETER KeepDaily
    Keep the newest generation of each of this many days that have one.

    .PARAMETER KeepWeekly
    Keep the newest generation of each of this many ISO weeks that have one.

    .PARAMETER KeepMonthly
    Keep the newest generation of each of this many months that have one.

    .PARAMETER KeepYearly
    Keep the newest generation of each of this many years that have one.

    .PARAMETER KeepWithin
    Keep all generations that were made at most this long before the newest one.

    .PARAMETER At
    The times of day at which the job is to run, such as 22:30. Not together with -Every.

    .PARAMETER Every
    How often the job is to run, counted from midnight: 5min, 10min, 15min, 20min, 30min, 1h, 2h, 3h, 4h, 6h, 8h or 12h.

    .PARAMETER Day
    The days of the week on which it runs. Without it every day.

    .PARAMETER Force
    Replaces a job of the same name in the file.

    .PARAMETER WhatIf
    Writes nothing, and shows which file would be made or changed. What is wrong is said all the same.

    .PARAMETER Confirm
    Asks before the file is made or changed.

    .INPUTS
    None. You cannot pipe objects to New-BackupJob.

    .OUTPUTS
    MirrorBackup.Job.

    .EXAMPLE
    New-BackupJob -Path /etc/mirrorbackup/jobs -Name docs -Source /home -Destination /mnt/backup/docs -KeepDaily 14 -At 22:30

    Makes the file docs.yml in the folder of this machine's jobs.

    .EXAMPLE
    New-BackupJob C:\ProgramData\MirrorBackup\Jobs\server.yml shares -Source D:\Shares, @{ Path = 'E:\Data'; Name = 'data' } -Destination '\\nas\backup\%ComputerName%' -Snapshot Vss -KeepDaily 30 -KeepMonthly 12

    Makes a job for a file server that backs up to a share, in a folder named after the machine.

    .EXAMPLE
    New-BackupJob ./jobs.yml photos -Source ~/Photos -Destination /mnt/usb/photos -Every 6h -WhatIf

    Shows what would be written, and whether it would be right.

    .EXAMPLE
    New-BackupJob ./jobs.yml photos -Source ~/Photos -Destination /mnt/usb/photos | Test-BackupJob

    Adds a job to a file, and tests it.

    .LINK
    Get-BackupJob

    .LINK
    Test-BackupJob

    .LINK
    about_BackupJobs

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'At')]
    [OutputType('MirrorBackup.Job')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string]$Path,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string]$Name,

        [Parameter(Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [object[]]$Source,

        [Parameter(Mandatory = $true)]
        [Alias('SetPath')]
        [ValidateNotNullOrEmpty()]
        [string]$Destination,

        [ValidateNotNullOrEmpty()]
        [string]$Description,

        [ValidateNotNullOrEmpty()]
        [string[]]$Exclude,

        [ValidateNotNullOrEmpty()]
        [string[]]$Include,

        [ValidateSet('Auto', 'Vss', 'Btrfs', 'None')]
        [string]$Snapshot,

        [ValidateSet('Metadata', 'Content')]
        [string]$Comparison,

        [ValidateRange(1, 1000000)]
        [int]$KeepLast,

        [ValidateRange(1, 1000000)]
        [int]$KeepHourly,

        [ValidateRange(1, 1000000)]
        [int]$KeepDaily,

        [ValidateRange(1, 1000000)]
        [int]$KeepWeekly,

        [ValidateRange(1, 1000000)]
        [int]$KeepMonthly,

        [ValidateRange(1, 1000000)]
        [int]$KeepYearly,

        [timespan]$KeepWithin,

        [Parameter(ParameterSetName = 'At')]
        [ValidatePattern('^([01]?[0-9]|2[0-3]):[0-5][0-9]$')]
        [string[]]$At,

        [Parameter(Mandatory = $true, ParameterSetName = 'Every')]
        [ValidateSet('5min', '10min', '15min', '20min', '30min', '1h', '2h', '3h', '4h', '6h', '8h', '12h')]
        [string]$Every,

        [System.DayOfWeek[]]$Day,

        [switch]$Force
    )
    . Import-CallerPreference $PSCmdlet
    $file = Resolve-BackupPath $PSCmdlet $Path -Hint 'Give the path of a job file.'
    $request = [ordered]@{ path = $file; name = $Name; settings = Get-JobSetting $PSCmdlet $PSBoundParameters; force = [bool]$Force; whatIf = $true }
    $engine = New-EngineSession
    try {
        # What is wrong is said before anybody is asked.
        Invoke-EngineRequest $engine $PSCmdlet 'newJob' $request
        $planned = $engine.Result
        $action = switch ($planned['action']) { 'Created' { 'Create job file' } 'Added' { 'Add job' } default { 'Replace job' } }
        if (-not $PSCmdlet.ShouldProcess("$(ConvertTo-DisplayText $planned['file']), job $Name", $action)) { return }
        $request['whatIf'] = $false
        Invoke-EngineRequest $engine $PSCmdlet 'newJob' $request
        Invoke-EngineRequest $engine $PSCmdlet 'readJobs' ([ordered]@{ paths = @($engine.Result['file']); names = @($Name) })
        ConvertTo-Job $engine.Result['jobs']
        Write-JobProblem $PSCmdlet $engine.Result['problems']
    }
    finally {
        Stop-Engine $engine
    }
}
