function Repair-BackupSet {
    <#
    .SYNOPSIS
    Cleans up what interrupted programs left behind, and heals damaged copies.

    .DESCRIPTION
    Repair-BackupSet removes the snapshots, with the links and drive letters
    that lead to them, that killed engines and power cuts have left on this
    machine. Only what MirrorBackup has written down as its own is removed, and
    only where the process that made it has ended; persistent shadow copies of
    New-ShadowCopy stay.

    Use it after a power cut, if you do not want to wait for the next backup,
    and with -Heal after Test- BackupGeneration has found damage.

    With -SetPath it also finishes what was left in a backup set: a generation
    that was complete but for its last step is committed, what belongs to no
    run is removed, the trash is emptied. The set must not be in use.

    The next backup does all this by itself. This command is for those who want
    to see it, or cannot wait.

    With -Heal it also heals the damage that Test-BackupGeneration has found
    and recorded. A damaged copy is one file that several generations may
    share. Its content is taken from another copy in the set, from the source
    if that still has it, or from the second set -From; only content with the
    recorded SHA-256 will do. A fresh file with the recorded owner, mode and
    times then takes over all names of the damaged one, each in one step. Where
    only the owner or mode is another (MetadataChanged), that is its own
    content; a folder gets them back where it is. This is the one thing that
    alters generations: by giving back what they had. What cannot be healed is
    output with the reason, and stays recorded.

    .PARAMETER SetPath
    The folder of the backup set. Default: only this machine is cleaned up.

    .PARAMETER RemoveStaging
    Also removes what interrupted backups have copied so far. Without it
    the next backup continues with that.

    .PARAMETER Heal
    Also replaces damaged copies by good ones. Needs -SetPath.

    .PARAMETER From
    The folder of a second backup set, with the same sources, that may have
    what is damaged in this one. It is only read.

    .PARAMETER WhatIf
    Changes nothing, and outputs what would be done.

    .PARAMETER Confirm
    Asks before it does so.

    .INPUTS
    System.Management.Automation.PSObject. Objects with a SetPath, such as
    generations.

    .OUTPUTS
    MirrorBackup.RepairAction. One for each leftover or damaged copy: Kind
    (Snapshot, Generation, Staging, Work, Trash, Damage), Action (Remove,
    Commit, Keep, Heal, Forget), Done, Path and Reason. No output means
    that there was nothing. Of a damaged copy Names has the names in all
    generations, Origin what it is healed from, FidelityLosses what could
    not be kept. Forget is for what was recorded as damaged and is whole,
    or gone with its generations.

    .NOTES
    Done is false for what was kept, with -WhatIf, and where Reason says why it
    failed.

    .EXAMPLE
    Repair-BackupSet

    Cleans up this machine.

    .EXAMPLE
    Repair-BackupSet E:\Backup -WhatIf

    Shows what was left behind on this machine and in a set.

    .EXAMPLE
    Repair-BackupSet -SetPath /mnt/backup -RemoveStaging | Where-Object Done -eq $false

    Cleans up a set completely, and shows what could not be.

    .EXAMPLE
    Repair-BackupSet /mnt/backup -Heal -WhatIf | Where-Object Kind -eq 'Damage' | Format-List

    Shows what each damaged copy could be healed from.

    .EXAMPLE
    Repair-BackupSet -SetPath E:\Backup -Heal -From F:\Backup | Where-Object Done -eq $false

    Heals damaged copies, where nothing else has them from a second set, and
    shows what could not be healed.

    .LINK
    New-MirrorBackup

    .LINK
    about_BackupRecovery

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    [OutputType('MirrorBackup.RepairAction')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [switch]$RemoveStaging,

        [switch]$Heal,

        [ValidateNotNullOrEmpty()]
        [string]$From
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $requests = [System.Collections.Generic.List[object]]::new()
        if ($From -and -not $Heal) {
            $PSCmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument `
                        -Message 'A set to heal from was given, but nothing is to be healed.' -Hint 'Give -Heal, too.'))
        }
    }
    process {
        if ($Heal -and -not $SetPath) {
            $PSCmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument `
                        -Message 'It is not known which set is to be healed.' -Hint 'Give -SetPath.'))
        }
        $request = @{ removeStaging = [bool]$RemoveStaging; heal = [bool]$Heal }
        if ($From) { $request['healFrom'] = Resolve-BackupPath $PSCmdlet $From }
        if ($SetPath) { $request['setPath'] = Resolve-BackupPath $PSCmdlet $SetPath }
        if (-not @($requests | Where-Object -FilterScript { $_['setPath'] -ceq $request['setPath'] }).Count) { $requests.Add($request) }
    }
    end {
        $engine = New-EngineSession
        $engine.Activity = 'Cleaning up'
        try {
            foreach ($request in $requests) {
                $shown = if ($request['setPath']) { "this machine and $(ConvertTo-DisplayText $request['setPath'])" } else { 'this machine' }
                $what = if ($Heal) { "Clean up $shown, and heal damaged copies" } else { "Clean up $shown" }
                $request['whatIf'] = [bool]$WhatIfPreference
                if (-not $request['whatIf'] -and -not $PSCmdlet.ShouldProcess($what, "${what}?", 'Repair-BackupSet')) { continue }
                Invoke-EngineRequest $engine $PSCmdlet 'repairSet' $request -ContinueOnError:($requests.Count -gt 1)
                if ($null -ne $engine.Result) { ConvertTo-RepairAction $engine.Result.actions }
            }
        }
        finally {
            Stop-Engine $engine -GraceMilliseconds 60000
        }
    }
}
