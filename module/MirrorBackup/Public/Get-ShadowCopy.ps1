function Get-ShadowCopy {
    <#
    .SYNOPSIS
    Lists the shadow copies of this machine.

    .DESCRIPTION
    Get-ShadowCopy outputs one object for each shadow copy. On Windows these
    are all of the machine, whoever made them; on Linux those that MirrorBackup
    has made. One that a running backup uses is listed, too: Persistent is
    false.

    Use it to find a frozen state to read or to remove, or what takes the space
    of a volume.

    .PARAMETER Id
    Only those with this id. Wildcards are allowed. Default: all.

    .PARAMETER Volume
    Only those of this volume. Wildcards are allowed. Default: all.

    .INPUTS
    None.

    .OUTPUTS
    MirrorBackup.ShadowCopy. Id, Kind, Volume, DevicePath (where it can be
    read), CreatedAt, Persistent, Mounts (what leads to it) and Owner (who
    made it).

    .NOTES
    On Windows it takes elevation.

    .EXAMPLE
    Get-ShadowCopy

    Lists the shadow copies, oldest first.

    .EXAMPLE
    Get-ShadowCopy | Where-Object CreatedAt -lt (Get-Date).AddDays(-7) | Remove-ShadowCopy -WhatIf

    Shows which shadow copies older than a week would be removed.

    .EXAMPLE
    (Get-ShadowCopy -Volume /srv/*).DevicePath

    Tells where the frozen states of some subvolumes can be read.

    .LINK
    New-ShadowCopy

    .LINK
    about_BackupShadowCopies

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding()]
    [OutputType('MirrorBackup.ShadowCopy')]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Id = '*',

        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Volume = '*'
    )
    begin {
        . Import-CallerPreference $PSCmdlet
    }
    end {
        $engine = New-EngineSession
        try {
            Invoke-EngineRequest $engine $PSCmdlet 'getShadowCopies' @{}
            foreach ($copy in ConvertTo-ShadowCopy $engine.Result.shadowCopies) {
                $byId = @($Id | Where-Object -FilterScript { $copy.Id -like $_ }).Count
                $byVolume = @($Volume | Where-Object -FilterScript { $copy.Volume -like $_ -or $copy.Volume -like "$_\" }).Count
                if ($byId -and $byVolume) { $copy }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
