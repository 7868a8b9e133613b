function Mount-ShadowCopy {
    <#
    .SYNOPSIS
    Gives a shadow copy a path or a drive letter.

    .DESCRIPTION
    Mount-ShadowCopy makes a directory link at -Path or, on Windows, a drive
    letter that leads to the root of a shadow copy. What is read through it is
    the frozen state. Dismount-ShadowCopy takes it away, and so does
    Remove-ShadowCopy.

    Use it for programs that do not accept the device path of a shadow copy.

    A drive letter exists in the logon session in which it was made: other
    users, services and elevated programs of the same user do not see it. A
    link is seen by all.

    .PARAMETER Id
    The id of the shadow copy. Objects of Get-ShadowCopy and New-ShadowCopy
    work through the pipeline.

    .PARAMETER Path
    The link to make. It must not exist, and its folder must.

    .PARAMETER DriveLetter
    A free drive letter, with or without a colon. Windows only.

    .PARAMETER WhatIf
    Makes nothing, and shows what would be made.

    .PARAMETER Confirm
    Asks before it does so.

    .INPUTS
    MirrorBackup.ShadowCopy. A shadow copy, by its Id.

    .OUTPUTS
    MirrorBackup.ShadowCopy. The shadow copy with its Mounts.

    .NOTES
    What leads to a shadow copy is written down on the machine before it is
    made, so that Repair-BackupSet finds it.

    .EXAMPLE
    New-ShadowCopy /srv/data | Mount-ShadowCopy -Path /mnt/frozen

    Makes the frozen state of a subvolume readable at a path.

    .EXAMPLE
    Get-ShadowCopy -Volume C:\ | Select-Object -Last 1 | Mount-ShadowCopy -DriveLetter X

    Makes the newest shadow copy of C: readable as X: for this logon session.

    .EXAMPLE
    Mount-ShadowCopy -Id $copy.Id -Path C:\Frozen -WhatIf

    Shows what would be made.

    .LINK
    Dismount-ShadowCopy

    .LINK
    about_BackupShadowCopies

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low', DefaultParameterSetName = 'Path')]
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
                if ($PSCmdlet.ParameterSetName -eq 'Path') { $request['path'] = Resolve-BackupPath $PSCmdlet $Path }
                else { $request['driveLetter'] = $DriveLetter.Substring(0, 1) }
                $where = ConvertTo-DisplayText $(if ($request['path']) { $request['path'] } else { "$($request['driveLetter']):" })
                $shown = ConvertTo-DisplayText $one
                if (-not $PSCmdlet.ShouldProcess("Mount the shadow copy $shown at $where", "Mount the shadow copy $shown at ${where}?", 'Mount-ShadowCopy')) { continue }
                Invoke-EngineRequest $engine $PSCmdlet 'mountShadowCopy' $request
                ConvertTo-ShadowCopy $engine.Result.shadowCopy
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
