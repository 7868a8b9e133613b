function Remove-BackupGeneration {
    <#
    .SYNOPSIS
    Removes generations from a backup set.

    .DESCRIPTION
    Remove-BackupGeneration deletes generations for good. Other generations stay as they are: a file is gone only when no
    generation holds it any more.

    A generation is taken out of the list in one step before its files are deleted. If the command is interrupted, the
    next change of the set finishes the work.

    Without -Force generations that are pinned, the newest complete one and the last one of a set are kept. Each of them is
    reported as an error, and its result has the action Keep; the others are removed.

    .PARAMETER SetPath
    The folder of the backup set.

    .PARAMETER Name
    Names of the generations to remove. Wildcards match finished generations. A name without wildcards that does not
    exist is an error, and nothing is removed from that set.

    .PARAMETER Force
    Also removes generations that are protected: pinned, the newest complete one, the last one. Does not ask, unless
    -Confirm is given.

    .PARAMETER WhatIf
    Removes nothing, and outputs what would be removed, with an estimate of the space that would be freed.

    .PARAMETER Confirm
    Asks for every generation. This is the default; -Confirm:$false turns it off.

    .INPUTS
    MirrorBackup.Generation. Objects with the properties SetPath and Name.

    .OUTPUTS
    MirrorBackup.RemovalResult. One for every generation. Action is Remove or Keep, and Reasons says why.

    .NOTES
    Freed space is what no other generation shares: removing several generations at once frees more than the sum of what
    each would free alone.

    .EXAMPLE
    Remove-BackupGeneration /mnt/backup/laptop 2026-11-23T101500Z

    Removes one generation after asking.

    .EXAMPLE
    Get-BackupGeneration E:\Backup -Before (Get-Date).AddYears(-1) | Remove-BackupGeneration -WhatIf

    Shows what removing everything older than a year would free.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop -State Partial | Remove-BackupGeneration -Confirm:$false

    Removes all generations with missing items without asking.

    .LINK
    Get-BackupGeneration

    .LINK
    New-MirrorBackup

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    [OutputType('MirrorBackup.RemovalResult')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [switch]$Force
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        $namesOf = [ordered]@{}
    }
    process {
        $resolved = Resolve-BackupPath $PSCmdlet $SetPath
        if (-not $namesOf.Contains($resolved)) { $namesOf[$resolved] = @() }
        $namesOf[$resolved] += $Name
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($set in $namesOf.Keys) {
                $continue = $namesOf.Count -gt 1
                $names = @(Expand-GenerationName $engine $PSCmdlet $set $namesOf[$set] -ContinueOnError:$continue)
                $whatIf = $false
                $chosen = @(
                    foreach ($one in $names) {
                        $reason = [System.Management.Automation.ShouldProcessReason]::None
                        $target = ConvertTo-DisplayText ([System.IO.Path]::Combine($set, $one))
                        $go = $PSCmdlet.ShouldProcess("Remove the generation $target", "Remove the generation ${target}?", 'Remove-BackupGeneration', [ref]$reason)
                        if ($reason -eq [System.Management.Automation.ShouldProcessReason]::WhatIf) { $whatIf = $true }
                        if ($go -or $whatIf) { $one }
                    }
                )
                if (-not $chosen) { continue }
                $engine.Activity = "Removing generations of $(ConvertTo-DisplayText $set)"
                $request = [ordered]@{ setPath = $set; names = $chosen; force = [bool]$Force; whatIf = $whatIf }
                Remove-Generation $engine $PSCmdlet $request -ContinueOnError:$continue
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
