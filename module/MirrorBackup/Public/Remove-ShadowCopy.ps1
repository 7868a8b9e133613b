function Remove-ShadowCopy {
    <#
    .SYNOPSIS
    Removes shadow copies.

    .DESCRIPTION
    Remove-ShadowCopy removes shadow copies, after the drive letters and links
    that lead to them. Nothing but the ids it is given is removed.

    Use it for what New-ShadowCopy made, when it is not needed any more.

    .PARAMETER Id
    The ids. Objects of Get-ShadowCopy and New-ShadowCopy work through the
    pipeline.

    .PARAMETER WhatIf
    Removes nothing, and shows what would be removed.

    .PARAMETER Confirm
    Asks before each one.

    .INPUTS
    MirrorBackup.ShadowCopy. Shadow copies, by their Id.

    .OUTPUTS
    None. Shadow copies that were removed are not output;
    MirrorBackup.ShadowCopy objects come from Get-ShadowCopy.

    .NOTES
    One that cannot be removed is reported, and the others are removed. One
    that a running backup reads ends that backup: it becomes Incomplete.

    .EXAMPLE
    Get-ShadowCopy | Where-Object Owner -like 'MirrorBackup*' | Remove-ShadowCopy

    Removes what MirrorBackup has made.

    .EXAMPLE
    Remove-ShadowCopy 8f1d5a3c-2f5e-4f0b-9d0a-0c2b6c1f7e11 -Confirm:$false

    Removes one shadow copy, and does not ask.

    .EXAMPLE
    Get-ShadowCopy -Volume D:\ | Remove-ShadowCopy -WhatIf

    Shows which shadow copies of a volume would be removed.

    .LINK
    Get-ShadowCopy

    .LINK
    about_BackupShadowCopies

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]]$Id
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $ids = [System.Collections.Generic.List[string]]::new()
    }
    process {
        if ($_ -and $_.PSObject.Properties['Id']) { $ids.Add([string]$_.Id) }
        else { $ids.AddRange($Id) }
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($one in $ids) {
                $shown = ConvertTo-DisplayText $one
                if (-not $PSCmdlet.ShouldProcess("Remove the shadow copy $shown", "Remove the shadow copy ${shown}?", 'Remove-ShadowCopy')) { continue }
                Invoke-EngineRequest $engine $PSCmdlet 'removeShadowCopy' @{ id = $one } -ContinueOnError:($ids.Count -gt 1)
            }
        }
        finally {
            Stop-Engine $engine -GraceMilliseconds 60000
        }
    }
}
