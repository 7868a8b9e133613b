function Lock-BackupGeneration {
    <#
    .SYNOPSIS
    Pins generations, so that they are not removed.

    .DESCRIPTION
    Lock-BackupGeneration protects generations from Remove-BackupGeneration: no
    retention policy removes them, and by name they are removed with -Force
    only. They stay pinned until Unlock-BackupGeneration.

    Use it for the state before a migration or at the end of a year, which is
    to stay when older and newer ones go.

    The pin is kept beside the generations, in the folder .mirrorbackup of the
    set: nothing in a generation changes. It does not protect the files from
    programs that write to them.

    .PARAMETER SetPath
    The folder of the backup set.

    .PARAMETER Name
    Names of the generations to pin. Wildcards match finished generations.
    A name without wildcards that does not exist is an error, and nothing
    is pinned in that set.

    .PARAMETER Reason
    Why they are to be kept. It is shown as PinReason, and where something
    refuses to remove them. A generation that is pinned already gets the
    new reason; without this parameter it keeps its own.

    .PARAMETER WhatIf
    Pins nothing, and says what would be pinned.

    .PARAMETER Confirm
    Asks for every generation.

    .INPUTS
    MirrorBackup.Generation. Objects with the properties SetPath and Name.

    .OUTPUTS
    MirrorBackup.Generation. The generations as they are now, with Pinned.

    .NOTES
    A set that is in use cannot be changed: SetBusy. Wait until the backup has
    ended.

    .EXAMPLE
    Lock-BackupGeneration /mnt/backup/laptop 2026-11-23T101500Z -Reason 'Before the migration'

    Pins one generation.

    .EXAMPLE
    Get-BackupGeneration E:\Backup -Latest | Lock-BackupGeneration

    Pins the newest generation.

    .EXAMPLE
    Lock-BackupGeneration /mnt/backup/laptop 2026-12-31T* -Reason 'End of the year' | Format-Table Name, Pinned, PinReason

    Pins all generations of a day, and shows them.

    .LINK
    Unlock-BackupGeneration

    .LINK
    Remove-BackupGeneration

    .LINK
    about_BackupRetention

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low')]
    [OutputType('MirrorBackup.Generation')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [ValidateLength(0, 1000)]
        [string]$Reason
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
        $more = if ($PSBoundParameters.ContainsKey('Reason')) { @{ reason = $Reason } } else { @{} }
        Set-GenerationPin $PSCmdlet $namesOf 'pinGenerations' 'Pin' $more
    }
}
