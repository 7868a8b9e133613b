function Unlock-BackupGeneration {
    <#
    .SYNOPSIS
    Takes the pin from generations.

    .DESCRIPTION
    Unlock-BackupGeneration ends what Lock-BackupGeneration began: the
    generations may be removed again, by name and by a retention policy. It
    removes nothing itself. A generation that is not pinned stays as it is.

    Use it when the reason to keep a generation is gone.

    .PARAMETER SetPath
    The folder of the backup set.

    .PARAMETER Name
    Names of the generations. Wildcards match finished generations. A name
    without wildcards that does not exist is an error, and nothing is
    changed in that set.

    .PARAMETER WhatIf
    Changes nothing, and says what would be done.

    .PARAMETER Confirm
    Asks for every generation.

    .INPUTS
    MirrorBackup.Generation. Objects with the properties SetPath and Name.

    .OUTPUTS
    MirrorBackup.Generation. The generations as they are now.

    .NOTES
    A set that is in use cannot be changed: SetBusy. Wait until the backup has
    ended.

    .EXAMPLE
    Unlock-BackupGeneration /mnt/backup/laptop 2026-11-23T101500Z

    Takes the pin from one generation.

    .EXAMPLE
    Get-BackupGeneration E:\Backup | Where-Object Pinned | Unlock-BackupGeneration -WhatIf

    Shows which generations are pinned, and would not be any more.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop | Where-Object PinReason -eq 'Before the migration' | Unlock-BackupGeneration

    Takes the pins with a certain reason away.

    .LINK
    Lock-BackupGeneration

    .LINK
    Remove-BackupGeneration

    .LINK
    about_BackupRetention

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    [OutputType('MirrorBackup.Generation')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $namesOf = [ordered]@{}
    }
    process {
        $resolved = Resolve-BackupPath $PSCmdlet $SetPath
        if (-not $namesOf.Contains($resolved)) { $namesOf[$resolved] = @() }
        $namesOf[$resolved] += $Name
    }
    end {
        Set-GenerationPin $PSCmdlet $namesOf 'unpinGenerations' 'Unpin'
    }
}
