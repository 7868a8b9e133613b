function New-MirrorBackup {
    <#
    .SYNOPSIS
    Makes a backup: a new generation that mirrors the source folders.

    .DESCRIPTION
    New-MirrorBackup writes a new generation into a backup set. A generation is
    a full tree that every program can read. A file that did not change since
    the generation before is a hard link to that generation's copy and takes no
    space; only new and changed files are copied. Existing generations are
    never changed.

    Use it for every backup, the first and all later ones: by hand, or on a
    schedule.

    The generation becomes visible in one step, when it is complete. A run that
    is interrupted leaves no half-finished generation behind; the next run
    continues where it stopped and does not copy again what is there.

    An item that cannot be read is reported as an error with its own id, the
    run goes on, and the generation has the state Partial. If the generation
    before holds the item, that copy is kept and counted as Stale.

    The set must be on a file system with hard links (NTFS, ext4, btrfs, XFS,
    ...; also over SMB) and must not be inside a source.

    .PARAMETER Source
    The folders to back up. Wildcard characters are part of the name. In
    the generation each source is one folder, named like the last part of
    its path; two sources with the same name need names of your own: give
    @{ Path = 'D:\data'; Name = 'data' } instead of a path. Objects with
    the properties Path and Name, and folders from Get-Item, work too.

    .PARAMETER Destination
    The folder of the backup set. It is created if it does not exist.
    Sources that reach the cmdlet through the pipeline with different
    destinations become one generation per destination.

    .PARAMETER Exclude
    Patterns in the syntax of .gitignore for what to leave out, such as
    '*.tmp', 'node_modules/' or '/docs/old'. What is left out is not
    reported as removed.

    .PARAMETER Include
    Patterns in the syntax of .gitignore for what to take; everything else
    is left out. -Exclude still applies to what they take.

    .PARAMETER ExcludeFile
    Paths of files with patterns in the syntax of .gitignore, one per line.
    Use it for long lists that several backups share.

    .PARAMETER ExcludeCacheDirectory
    Leaves out the content of folders that are tagged as caches by a
    CACHEDIR.TAG file.

    .PARAMETER MaximumSize
    Leaves out files that are larger than this, such as 2GB.

    .PARAMETER OlderThan
    Takes only files that were last written before this point in time. Give
    a DateTime, or a TimeSpan for an age: (New-TimeSpan -Days 30) takes
    what was not changed for 30 days.

    .PARAMETER NewerThan
    Takes only files that were last written after this point in time. Give
    a DateTime, or a TimeSpan for an age: (New-TimeSpan -Days 7) takes what
    was changed in the last 7 days.

    .PARAMETER Snapshot
    How to read files while programs write to them. Auto takes a snapshot
    where it can: VSS on Windows, btrfs on Linux. Vss and Btrfs insist on
    that kind, and the backup fails if it cannot be had. None reads the
    live files. Default: Auto.

    .PARAMETER RequireSnapshot
    With -Snapshot Auto: the backup fails if no snapshot can be taken,
    instead of reading the live files with a warning.

    .PARAMETER Comparison
    How to find out that a file did not change. Metadata compares size,
    times, attributes, owner, permissions and streams. Content also reads
    and hashes every file of the source; use it now and then, or for
    programs that change files without changing their time. Default:
    Metadata.

    .PARAMETER Hash
    Sha256 records a checksum of every file that is copied, so that damage
    can be found later. None saves some processor time where that is
    scarce. Default: Sha256.

    .PARAMETER MaxLinks
    After so many links to one copy of a file a fresh copy is made.
    Default: what suits the file system. Lower it if opening or linking
    files gets slow.

    .PARAMETER SkipUnchanged
    If nothing changed since the newest generation, makes no new one and
    outputs the newest, with Skipped set. Use it for frequent schedules.

    .PARAMETER AllowEmptySource
    Goes on although a source is empty that was not empty before. Without
    it this is an error, since it mostly means that a disk is not mounted.

    .PARAMETER AllowSourceChange
    Goes on although the set was made from other sources. Without it this
    is an error, since it mostly means a mistyped source or destination.

    .PARAMETER CrossMount
    Also backs up file systems that are mounted inside a source. Without it
    they are left out and recorded as such.

    .PARAMETER OutputItem
    Outputs a MirrorBackup.ItemChange object for every item that changed,
    before the generation itself.

    .PARAMETER WhatIf
    Changes nothing, and outputs a MirrorBackup.Plan: the counts the
    generation would have, and the free space at the destination. Combine
    it with -OutputItem to see every item.

    .PARAMETER Confirm
    Asks before it begins.

    .INPUTS
    System.Object. Sources: paths, folders, or objects with Path and Name.
    All sources of one destination make one generation.

    .OUTPUTS
    MirrorBackup.Generation. The generation that was made; with -WhatIf a
    MirrorBackup.Plan. With -OutputItem MirrorBackup.ItemChange objects
    come first; a folder comes after its own entries.

    FidelityLosses of both holds MirrorBackup.FidelityLoss objects: what
    could not be kept, such as owners or ACLs, and why. Kind, Cause,
    Reason, Items (how many) and Examples (the paths of the first few).

    .NOTES
    Stopping it with Ctrl+C is safe at any time. With -ErrorAction Stop the
    first item that fails ends the run. With -OutputItem a command after it
    that has enough, such as Select-Object -First 10, ends it too; combine that
    with -WhatIf.

    .EXAMPLE
    New-MirrorBackup -Source ~/Documents -Destination /mnt/backup/laptop

    Makes a generation of one folder.

    .EXAMPLE
    (New-MirrorBackup ~/Documents /mnt/backup/laptop).FidelityLosses

    Shows what could not be kept of the items, and why.

    .EXAMPLE
    New-MirrorBackup C:\Users\me\Documents, D:\Photos E:\Backup -Exclude '*.tmp', 'Thumbs.db'

    Makes a generation of two folders without temporary files.

    .EXAMPLE
    New-MirrorBackup -Source @{ Path = '/srv/www/data'; Name = 'www' }, @{ Path = '/srv/db/data'; Name = 'db' } -Destination /mnt/backup/server

    Names the sources, because both folders are called "data".

    .EXAMPLE
    New-MirrorBackup ~/Documents /mnt/backup/laptop -WhatIf -OutputItem | Where-Object Change -EQ 'Removed'

    Shows what was deleted since the newest generation, without making a
    backup.

    .EXAMPLE
    New-MirrorBackup ~/Documents /mnt/backup/laptop -NewerThan (New-TimeSpan -Days 7) -MaximumSize 100MB

    Backs up only what changed in the last week, without large files.

    .LINK
    Get-BackupGeneration

    .LINK
    Compare-BackupGeneration

    .LINK
    Remove-BackupGeneration

    .LINK
    about_BackupGenerations

    .LINK
    about_BackupPermissions

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    [OutputType('MirrorBackup.Generation', 'MirrorBackup.Plan', 'MirrorBackup.ItemChange')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [object[]]$Source,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('SetPath')]
        [ValidateNotNullOrEmpty()]
        [string]$Destination,

        [string[]]$Exclude,

        [string[]]$Include,

        [string[]]$ExcludeFile,

        [switch]$ExcludeCacheDirectory,

        [ValidateRange(0, [long]::MaxValue)]
        [long]$MaximumSize,

        [ValidateNotNull()]
        [object]$OlderThan,

        [ValidateNotNull()]
        [object]$NewerThan,

        [ValidateSet('Auto', 'Vss', 'Btrfs', 'None')]
        [string]$Snapshot = 'Auto',

        [switch]$RequireSnapshot,

        [ValidateSet('Metadata', 'Content')]
        [string]$Comparison = 'Metadata',

        [ValidateSet('Sha256', 'None')]
        [string]$Hash = 'Sha256',

        [ValidateRange(2, [int]::MaxValue)]
        [int]$MaxLinks,

        [switch]$SkipUnchanged,

        [switch]$AllowEmptySource,

        [switch]$AllowSourceChange,

        [switch]$CrossMount,

        [switch]$OutputItem
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $sourcesOf = [ordered]@{}
    }
    process {
        $setPath = Resolve-BackupPath $PSCmdlet $Destination
        if (-not $sourcesOf.Contains($setPath)) { $sourcesOf[$setPath] = @() }
        $sourcesOf[$setPath] += @(Resolve-BackupSource $PSCmdlet $Source)
    }
    end {
        $request = Get-BackupOption $PSCmdlet $PSBoundParameters
        $engine = New-EngineSession
        try {
            Start-Engine $engine $PSCmdlet 'createGeneration'
            foreach ($setPath in $sourcesOf.Keys) {
                $sources = $sourcesOf[$setPath]
                $shown = ConvertTo-DisplayText $setPath
                $action = 'Make a generation of ' + (ConvertTo-DisplayText ($sources.path -join ', '))
                $reason = [System.Management.Automation.ShouldProcessReason]::None
                $go = $PSCmdlet.ShouldProcess("$action in $shown", "$action in ${shown}?", 'New-MirrorBackup', [ref]$reason)
                $whatIf = $reason -eq [System.Management.Automation.ShouldProcessReason]::WhatIf
                if (-not $go -and -not $whatIf) { continue }

                $engine.Activity = "Backing up to $shown"
                $request['setPath'] = $setPath
                $request['sources'] = $sources
                $request['whatIf'] = $whatIf
                Invoke-EngineRequest $engine $PSCmdlet 'createGeneration' $request -ContinueOnError:($sourcesOf.Count -gt 1)
                if ($null -ne $engine.Result) { ConvertTo-Generation $engine.Result }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
