function Import-BackupGeneration {
    <#
    .SYNOPSIS
    Makes generations of backups that other programs made.

    .DESCRIPTION
    Import-BackupGeneration takes over backups that are plain folders sharing
    unchanged files as hard links, as rsync --link-dest, rsnapshot, cp -al and
    robocopy with a tool for hard links make them. Each becomes a generation,
    so that the next New-MirrorBackup links to its files instead of copying
    everything again.

    Use it once, when you move from another program and want to keep its
    history without copying it.

    The files are not copied: they get one more name in the generation. Hard
    links within a backup and between backups stay what they are. Only what is
    on another file system than the set is copied. Every file is read once for
    its SHA-256.

    The originals are not changed and stay where they are, unless -Move is
    used. From then on original and generation are the same files: do not write
    to the originals any more. Deleting them does no harm.

    Backups are imported oldest first; several that are given at once are
    sorted by their time. A set can only grow at its end: what is older than
    its newest generation is refused.

    .PARAMETER Path
    The folders of the backups, each of which becomes a generation.
    Wildcards are expanded unless a folder has that very name.

    .PARAMETER SetPath
    The folder of the backup set. It is created if it does not exist, and
    must not be inside a backup, nor a backup inside it.

    .PARAMETER SourcePath
    What the folders are a backup of: the source that New-MirrorBackup will
    be given. It need not be there.

    .PARAMETER SourceName
    The name of the source's folder in the generation, if it is not the
    last part of -SourcePath.

    .PARAMETER SourceMap
    For backups that hold several sources: a table from the folder in the
    backup to the source, such as @{ 'localhost/home' = '/home';
    'localhost/etc' = '/etc' }. Instead of a path a table with Path and
    Name gives the source another name. What the table does not name is
    left out.

    .PARAMETER CreatedAt
    When the backup was made. Without it the time in the folder's name
    counts, as in 2026-11-23 or 20261123-0300 (local time, unless a Z
    follows), else when the folder was last written. From a pipeline it can
    be computed: { $_.CreationTime }.

    .PARAMETER Hash
    Sha256 records a checksum of every file, so that damage can be found
    later. With None files are not read. Default: Sha256.

    .PARAMETER Move
    Removes the originals after their generation is complete. They must be
    on the file system of the set. An original of which something could not
    be imported stays, with a warning.

    .PARAMETER WhatIf
    Changes nothing, and outputs a MirrorBackup.Plan for each backup: the
    counts its generation would have.

    .PARAMETER Confirm
    Asks before each backup.

    .INPUTS
    System.Object. Folders: paths, or objects from Get-Item and
    Get-ChildItem.

    .OUTPUTS
    MirrorBackup.Generation. One for each backup, oldest first; with
    -WhatIf a MirrorBackup.Plan. LinkedFiles counts files that got another
    name, CopiedFiles those that had to be copied.

    .NOTES
    Stopping it with Ctrl+C is safe at any time: a generation is there as a
    whole or not at all. The next New-MirrorBackup reads every file once, to
    compare its content with what was imported.

    .EXAMPLE
    Import-BackupGeneration /srv/backup/2025-* -SetPath /srv/set/home -SourcePath /home

    Takes over what rsync --link-dest made into folders named after the day.

    .EXAMPLE
    Get-ChildItem /srv/rsnapshot -Directory | Import-BackupGeneration -SetPath /srv/set/server -SourceMap @{ 'localhost/home' = '/home'; 'localhost/etc' = '/etc' }

    Takes over what rsnapshot made. Each generation gets the folders "home" and
    "etc"; the times are those of the folders.

    .EXAMPLE
    Import-BackupGeneration D:\Backup\20251101-0300 -SetPath D:\Set -SourcePath C:\Users\me -Move

    Takes over one backup, and removes its folder.

    .EXAMPLE
    Import-BackupGeneration /srv/old -SetPath /srv/set/web -SourcePath /data/www -SourceName web -CreatedAt 2025-11-01T03:00 -WhatIf

    Shows what importing a folder would do, with a time and a name of its own.

    .LINK
    New-MirrorBackup

    .LINK
    Get-BackupGeneration

    .LINK
    about_BackupGenerations

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(DefaultParameterSetName = 'Whole', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    [OutputType('MirrorBackup.Generation', 'MirrorBackup.Plan')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [object[]]$Path,

        [Parameter(Mandatory = $true, Position = 1)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Mandatory = $true, Position = 2, ParameterSetName = 'Whole')]
        [ValidateNotNullOrEmpty()]
        [string]$SourcePath,

        [Parameter(ParameterSetName = 'Whole')]
        [ValidateNotNullOrEmpty()]
        [string]$SourceName,

        [Parameter(Mandatory = $true, ParameterSetName = 'Mapped')]
        [ValidateNotNullOrEmpty()]
        [System.Collections.IDictionary]$SourceMap,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [System.DateTimeOffset]$CreatedAt,

        [ValidateSet('Sha256', 'None')]
        [string]$Hash = 'Sha256',

        [switch]$Move
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $backups = [System.Collections.Generic.List[object]]::new()
    }
    process {
        foreach ($folder in Resolve-ImportFolder $PSCmdlet $Path) {
            $time = if ($PSBoundParameters.ContainsKey('CreatedAt')) { $CreatedAt } else { Get-ImportTime $folder }
            $backups.Add([pscustomobject]@{ Folder = $folder; Time = $time.ToUniversalTime() })
        }
    }
    end {
        $set = Resolve-BackupPath $PSCmdlet $SetPath
        $sources = if ($PSCmdlet.ParameterSetName -eq 'Mapped') { Resolve-SourceMap $PSCmdlet $SourceMap }
        else { [pscustomobject]@{ Folder = ''; Path = Resolve-BackupPath $PSCmdlet $SourcePath; Name = $SourceName } }
        $engine = New-EngineSession
        try {
            foreach ($backup in @($backups | Sort-Object -Property Time)) {
                $shown = ConvertTo-DisplayText $backup.Folder
                $time = $backup.Time.ToString('yyyy-MM-dd HH:mm:ss', [System.Globalization.CultureInfo]::InvariantCulture)
                $action = "Import $shown of $time UTC into $(ConvertTo-DisplayText $set)"
                $reason = [System.Management.Automation.ShouldProcessReason]::None
                $go = $PSCmdlet.ShouldProcess($action, "${action}?", 'Import-BackupGeneration', [ref]$reason)
                $whatIf = $reason -eq [System.Management.Automation.ShouldProcessReason]::WhatIf
                if (-not $go -and -not $whatIf) { continue }

                $trees = foreach ($source in $sources) {
                    $tree = [ordered]@{ path = $backup.Folder; sourcePath = $source.Path }
                    if ($source.Folder) { $tree['path'] = Resolve-BackupPath $PSCmdlet ([System.IO.Path]::Combine($backup.Folder, $source.Folder)) }
                    if ($source.Name) { $tree['name'] = [string]$source.Name }
                    $tree
                }
                $engine.Activity = "Importing $shown"
                $request = [ordered]@{
                    setPath = $set; trees = @($trees); createdAt = ConvertTo-EngineTime $backup.Time; hash = $Hash
                    originals = if ($Move) { 'Move' } else { 'Keep' }; whatIf = $whatIf
                }
                # A backup that cannot be imported ends it: newer ones would keep it out for good.
                Invoke-EngineRequest $engine $PSCmdlet 'importGeneration' $request
                if ($null -ne $engine.Result) { ConvertTo-Generation $engine.Result }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
