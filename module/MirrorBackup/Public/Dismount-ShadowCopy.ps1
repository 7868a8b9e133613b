function Dismount-ShadowCopy {
    <#
    .SYNOPSIS
    Takes paths and drive letters from a shadow copy.

    .DESCRIPTION
    Dismount-ShadowCopy removes the links and drive letters that
    Mount-ShadowCopy has made. The shadow copy stays. A link that somebody has
    replaced by something else is left alone.

    Use it when a program is done with the path or letter and the frozen state
    is still needed; Remove- ShadowCopy takes them away by itself.

    .PARAMETER Id
    The id of the shadow copy. Objects of Get-ShadowCopy work through the
    pipeline.

    .PARAMETER Path
    The link to remove. Default: everything that leads to the shadow copy.

    .PARAMETER DriveLetter
    The drive letter to remove, with or without a colon. Windows only.

    .PARAMETER WhatIf
    Removes nothing, and shows what would be removed.

    .PARAMETER Confirm
    Asks before it does so.

    .INPUTS
    MirrorBackup.ShadowCopy. A shadow copy, by its Id.

    .OUTPUTS
    MirrorBackup.ShadowCopy. The shadow copy with the Mounts that are left.

    .NOTES
    A drive letter has to be removed in the logon session in which it was made;
    it vanishes with it.

    .EXAMPLE
    Get-ShadowCopy | Dismount-ShadowCopy

    Removes all links and drive letters that lead to shadow copies.

    .EXAMPLE
    Dismount-ShadowCopy -Id $copy.Id -Path /mnt/frozen

    Removes one link.

    .EXAMPLE
    Get-ShadowCopy -Volume C:\ | Dismount-ShadowCopy -WhatIf

    Shows what would be dismounted.

    .LINK
    Mount-ShadowCopy

    .LINK
    about_BackupShadowCopies

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low', DefaultParameterSetName = 'All')]
    [OutputType('MirrorBackup.ShadowCopy')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string]$Id,

        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path')]
        [ValidateNotNullOrEmpty()]
        [string]$Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'DriveLetter')]
        [ValidatePattern('^[A-Za-z]:?$')]
        [string]$DriveLetter
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $ids = [System.Collections.Generic.List[string]]::new()
    }
    process {
        $ids.Add($Id)
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($one in $ids) {
                $request = @{ id = $one }
                if ($Path) { $request['mount'] = Resolve-BackupPath $PSCmdlet $Path }
                elseif ($DriveLetter) { $request['mount'] = $DriveLetter.Substring(0, 1).ToUpperInvariant() + ':' }
                $shown = ConvertTo-DisplayText $one
                if (-not $PSCmdlet.ShouldProcess("Dismount the shadow copy $shown", "Dismount the shadow copy ${shown}?", 'Dismount-ShadowCopy')) { continue }
                Invoke-EngineRequest $engine $PSCmdlet 'dismountShadowCopy' $request -ContinueOnError:($ids.Count -gt 1)
                if ($null -ne $engine.Result) { ConvertTo-ShadowCopy $engine.Result.shadowCopy }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
