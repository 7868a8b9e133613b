function New-ShadowCopy {
    <#
    .SYNOPSIS
    Freezes volumes: makes shadow copies that stay until they are removed.

    .DESCRIPTION
    New-ShadowCopy makes a frozen view of a volume, in which every file is as
    it was at one moment, whatever programs write meanwhile: a shadow copy of
    the Volume Shadow Copy Service on Windows, a read-only snapshot of the
    subvolume on Linux with btrfs. It outlives the session and, on Windows, a
    restart. Remove it with Remove-ShadowCopy.

    Use it when a frozen state is to outlive a command: to copy from it at
    leisure, or to look at it tomorrow. For a single command Use-ShadowCopy is
    simpler; New-MirrorBackup makes and removes snapshots by itself.

    On Windows it takes elevation; on Linux root, or the owner of the subvolume
    where the file system is mounted with user_subvol_rm_allowed. What cannot
    be frozen is an error, and nothing is left behind.

    .PARAMETER Volume
    The volumes: C:, a folder where a volume is mounted, or any folder on
    it. On btrfs the subvolume that holds the folder.

    .PARAMETER Writers
    Lets programs such as databases bring their files into a consistent
    state first (Windows). Without it files are as after a power cut.

    .PARAMETER TimeoutSeconds
    How long the making may take. Default: 900.

    .PARAMETER WhatIf
    Makes nothing, and shows what would be frozen.

    .PARAMETER Confirm
    Asks before it does so.

    .INPUTS
    System.String. Volumes.

    .OUTPUTS
    MirrorBackup.ShadowCopy. One for each volume or subvolume, with Id,
    Kind, Volume, DevicePath, CreatedAt, Persistent, Mounts and Owner.

    .NOTES
    A shadow copy takes up what changes on its volume after it was made. One
    that is not removed fills the volume in the end.

    .EXAMPLE
    New-ShadowCopy -Volume C:

    Freezes the volume C: on Windows.

    .EXAMPLE
    New-ShadowCopy /srv/data | Mount-ShadowCopy -Path /mnt/frozen

    Freezes a btrfs subvolume, and makes a link that leads to its frozen state.

    .EXAMPLE
    $copies = New-ShadowCopy C:, D: -Writers
    $copies.DevicePath
    $copies | Remove-ShadowCopy

    Freezes two volumes at the same moment, tells where they can be read, and
    gives them back.

    .LINK
    Use-ShadowCopy

    .LINK
    Remove-ShadowCopy

    .LINK
    about_BackupShadowCopies

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low')]
    [OutputType('MirrorBackup.ShadowCopy')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]]$Volume,

        [switch]$Writers,

        [ValidateRange(1, 86400)]
        [int]$TimeoutSeconds = 900
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $volumes = [System.Collections.Generic.List[string]]::new()
    }
    process {
        foreach ($one in $Volume) { $volumes.Add((Resolve-Volume $PSCmdlet $one)) }
    }
    end {
        $shown = ConvertTo-DisplayText ($volumes -join ', ')
        if (-not $PSCmdlet.ShouldProcess("Make a shadow copy of $shown", "Make a shadow copy of ${shown}?", 'New-ShadowCopy')) { return }
        $engine = New-EngineSession
        $engine.Activity = 'Making shadow copies'
        try {
            Invoke-EngineRequest $engine $PSCmdlet 'newShadowCopies' @{ volumes = $volumes.ToArray(); withWriters = [bool]$Writers; timeoutSeconds = $TimeoutSeconds }
            ConvertTo-ShadowCopy $engine.Result.shadowCopies
        }
        finally {
            Stop-Engine $engine -GraceMilliseconds 60000
        }
    }
}
