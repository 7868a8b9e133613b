function Restore-BackupItem {
    <#
    .SYNOPSIS
    Restores files and folders of a generation.

    .DESCRIPTION
    Restore-BackupItem copies items of a generation to a folder, or with
    -ToOriginal to where they were when they were backed up, with all their
    metadata. A folder is restored with all below it; without -Path and
    -LiteralPath the whole generation is. Files are copied, never linked: what
    is done to them later does not reach the generation.

    Use it instead of copying by hand when metadata counts, when many items are
    to be restored, or when the copies are to be verified. A single file can as
    well be copied out of the folder of the generation with any program.

    Everything is looked at first. If something exists already, if there is too
    little space or if a path matches nothing, that is said before anything is
    written. Every file is compared with the SHA-256 it was backed up with, and
    gets its name only when it is whole: an interrupted restore leaves no half
    file. Links in the destination are not followed.

    An item that cannot be restored is reported as an error; the others are
    restored.

    .PARAMETER SetPath
    The folder of the backup set. Not needed if -Generation is an object.

    .PARAMETER Path
    What to restore: paths below the generation, which begin with the name
    of a source. In a name * ? [a-z] are wildcards as everywhere in
    PowerShell, ** stands for any number of folders, and a backtick takes
    the next character as it is. On Linux case matters.

    .PARAMETER LiteralPath
    What to restore: paths below the generation, in which nothing is a
    wildcard. The Path of other objects of this module fits.

    .PARAMETER To
    The folder that receives the items. It is made if it is missing. An
    item goes right into it; what a wildcard matches keeps the folders from
    the first wildcard on.

    .PARAMETER ToOriginal
    Restores to where the items were when they were backed up.

    .PARAMETER Generation
    The generation to restore from: its name, or an object from
    Get-BackupGeneration. Without it the newest complete one.

    .PARAMETER Conflict
    What happens to an item if something has its place. Fail: nothing is
    restored at all, and every such item is reported. Skip: what is there
    stays. Overwrite: it is replaced. KeepBoth: the item gets a name of its
    own, such as "report (restored 2026-11-23T101500Z).txt". Folders that
    exist are merged with all four; with Overwrite they get the metadata of
    the generation, too. A folder is never replaced by a file. Default:
    Fail.

    .PARAMETER AllowDamaged
    Also restores files whose content is not what was backed up, with a
    warning. Without it they are reported as errors.

    .PARAMETER WhatIf
    Restores nothing, and outputs what would become of each item.

    .PARAMETER Confirm
    Asks before anything is restored.

    .INPUTS
    MirrorBackup.Generation, of which everything is restored unless a path
    is given, and MirrorBackup.ItemVersion and MirrorBackup.ItemChange, of
    which the item itself is.

    .OUTPUTS
    MirrorBackup.RestoredItem. One for every item. Action is Created,
    Overwritten, Skipped, KeptBoth or Merged (a folder that was there),
    with -WhatIf also Conflict. Condition says whether the copy in the
    generation is Intact, Stale (older than the generation), Torn (it
    changed while it was backed up) or Damaged.

    .NOTES
    LastWriteTime of the output is a local DateTime, as for files. Counts are
    shown with -Verbose.

    .EXAMPLE
    Restore-BackupItem /mnt/backup/laptop Documents/report.txt -To ~/restored

    Restores one file of the newest complete generation as
    ~/restored/report.txt.

    .EXAMPLE
    Restore-BackupItem E:\Backup -Path Documents/Photos -ToOriginal -Conflict Skip

    Brings back what is missing in a folder, and leaves alone what is there.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop -Before 2026-11-01 -Latest | Restore-BackupItem -Path 'Documents/**/*.odt' -To ~/october

    Restores all documents as they were at the end of October, each in its
    folder.

    .EXAMPLE
    Restore-BackupItem /mnt/backup/laptop -ToOriginal -Conflict Overwrite -WhatIf | Group-Object Action -NoElement

    Shows what restoring everything would do.

    .EXAMPLE
    Compare-BackupGeneration /mnt/backup/laptop -Reference 2026-11-22T101500Z | Where-Object Change -EQ 'Removed' | Restore-BackupItem -SetPath /mnt/backup/laptop -Generation 2026-11-22T101500Z -ToOriginal

    Brings back what was deleted since a generation.

    .LINK
    Get-BackupGeneration

    .LINK
    Compare-BackupGeneration

    .LINK
    about_BackupRecovery

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(DefaultParameterSetName = 'To', SupportsShouldProcess = $true)]
    [OutputType('MirrorBackup.RestoredItem')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Position = 1)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Path,

        [Parameter(Mandatory = $true, Position = 2, ParameterSetName = 'To')]
        [ValidateNotNullOrEmpty()]
        [string]$To,

        [Parameter(Mandatory = $true, ParameterSetName = 'Original')]
        [switch]$ToOriginal,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]]$LiteralPath,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [Alias('Name')]
        [ValidateNotNullOrEmpty()]
        [object]$Generation,

        [ValidateSet('Fail', 'Skip', 'Overwrite', 'KeepBoth')]
        [string]$Conflict = 'Fail',

        [switch]$AllowDamaged
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        if ($PSCmdlet.ParameterSetName -eq 'Original' -and -not $ToOriginal) {
            $PSCmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument `
                        -Message 'It is not known where to restore to.' -Hint 'Give -To, or -ToOriginal.'))
        }
        $requests = [System.Collections.Generic.List[object]]::new()
    }
    process {
        $from = Resolve-GenerationReference $PSCmdlet $Generation 'Generation'
        $request = [ordered]@{ setPath = Resolve-RestoredSet $PSCmdlet $SetPath $from }
        if ($from.Name) { $request['generation'] = $from.Name }
        if ($Path) { $request['paths'] = $Path }
        if ($LiteralPath) { $request['literalPaths'] = $LiteralPath }
        if ($ToOriginal) { $request['toOriginal'] = $true } else { $request['to'] = Resolve-BackupPath $PSCmdlet $To }
        $request['conflict'] = $Conflict
        $request['allowDamaged'] = [bool]$AllowDamaged
        $requests.Add($request)
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($request in $requests) {
                $reason = [System.Management.Automation.ShouldProcessReason]::None
                $texts = Get-RestoreQuestion $request
                $go = $PSCmdlet.ShouldProcess($texts.Action, $texts.Question, 'Restore-BackupItem', [ref]$reason)
                $request['whatIf'] = $reason -eq [System.Management.Automation.ShouldProcessReason]::WhatIf
                if (-not $go -and -not $request['whatIf']) { continue }
                $engine.Activity = "Restoring from $(ConvertTo-DisplayText $request.setPath)"
                Invoke-EngineRequest $engine $PSCmdlet 'restoreItems' $request -ContinueOnError:($requests.Count -gt 1)
                if ($null -ne $engine.Result) { $PSCmdlet.WriteVerbose((Get-RestoreSummaryText $engine.Result.summary)) }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
