function Unregister-BackupJob {
    <#
    .SYNOPSIS
    Stops jobs from running by themselves: takes them from the Task Scheduler of Windows, or from systemd on Linux.

    .DESCRIPTION
    Unregister-BackupJob removes what Register-BackupJob made of jobs: the task, or the service and the timer. Use it for
    jobs that are to run no more, or only by hand. The job file, the backup set and the logs stay. A run that is under way
    goes on.

    Tasks and units that Register-BackupJob did not make are left alone. A job whose file is gone is removed by its name.

    .PARAMETER Name
    The names of the jobs, or with -Path of some jobs of the files. Wildcards are allowed. A name without wildcards under which nothing is registered is an error.

    .PARAMETER Path
    Only jobs that are registered for these job files, or for files in these folders.

    .PARAMETER WhatIf
    Removes nothing, and shows what would be removed.

    .PARAMETER Confirm
    Asks before each job.

    .INPUTS
    MirrorBackup.Job, MirrorBackup.ScheduledJob. Objects with the properties Name (or Job) and Path.

    .OUTPUTS
    None. Register-BackupJob outputs MirrorBackup.ScheduledJob objects, this cmdlet does not.

    .NOTES
    The schedules of the machine are for administrators and root. Without root, on Linux, the jobs of the user are removed.

    .EXAMPLE
    Unregister-BackupJob documents

    The job documents starts no more by itself.

    .EXAMPLE
    Unregister-BackupJob -Path /etc/mirrorbackup/office.yml

    Takes all jobs of a file from the scheduler.

    .EXAMPLE
    Get-BackupJob D:\Jobs | Unregister-BackupJob -Confirm

    Asks for each job of a folder.

    .EXAMPLE
    Unregister-BackupJob * -WhatIf

    Shows all jobs that are registered.

    .LINK
    Register-BackupJob

    .LINK
    Get-BackupJob

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    [OutputType([void])]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Job')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('File', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [string[]]$Path
    )
    begin {
        . Import-CallerPreference $PSCmdlet
    }
    process {
        if (-not $Name -and -not $Path) {
            $PSCmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target 'Name' `
                        -Message 'It is not said which jobs.' -Hint 'Give -Name, or -Path for all jobs of a file.'))
        }
        $files = @(foreach ($one in $Path) { Resolve-BackupPath $PSCmdlet $one -Hint 'Give the path of a job file.' })
        foreach ($pattern in $(if ($Name) { $Name } else { '*' })) {
            $jobs = @(Get-ScheduledJobState $pattern | Where-Object -FilterScript {
                    $job = $_
                    -not $files -or @($files | Where-Object -FilterScript { (Test-SamePath $_ $job.Path) -or (Test-SamePath $_ ([System.IO.Path]::GetDirectoryName($job.Path))) }).Count
                })
            # Without root only the jobs of the machine need it, where there are no others.
            if (-not (Test-Elevation)) {
                $own = @($jobs | Where-Object -FilterScript { $_.Scope -eq 'User' })
                if ($own) { $jobs = $own }
            }
            if (-not $jobs -and ($files -or -not [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($pattern))) {
                # Windows shows tasks of the system to administrators only.
                if ($script:OnWindows) { Write-ScheduleResult $PSCmdlet (Get-ElevationError) }
                $what = if ($files) { "'$pattern' of '$($files -join "', '")'" } else { "'$pattern'" }
                $PSCmdlet.WriteError((New-ModuleError -Id ScheduledJobNotFound -Category ObjectNotFound -Target $pattern `
                            -Message "No job $what is registered." -Hint 'Unregister-BackupJob * -WhatIf shows all that are registered.'))
            }
            foreach ($job in $jobs) {
                if (-not $PSCmdlet.ShouldProcess("$($job.Id) ($($job.Scope))", "Unregister the job $($job.Job)")) { continue }
                $problem = if ($job.Scope -eq 'Machine') { Get-ElevationError }
                if (-not $problem) { $problem = if ($job.Kind -eq 'TaskScheduler') { Unregister-TaskSchedulerJob $job } else { Unregister-SystemdJob $PSCmdlet $job } }
                Write-ScheduleResult $PSCmdlet $problem
            }
        }
    }
}
