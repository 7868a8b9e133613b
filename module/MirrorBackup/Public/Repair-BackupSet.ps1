function Repair-BackupSet {
    <#
    .SYNOPSIS
    Cleans up what interrupted programs have left behind.

    .DESCRIPTION
    Repair-BackupSet removes the snapshots, with the links and drive letters that lead to them, that killed engines and power
    cuts have left on this machine. Only what MirrorBackup has written down as its own is removed, and only where the
    process that made it has ended; persistent shadow copies of New-ShadowCopy stay.

    With -SetPath it also finishes what was left in a backup set: a generation that was complete but for its last step is
    committed, what belongs to no run is removed, the trash is emptied. The set must not be in use.

    The next backup does all this by itself. This command is for those who want to see it, or cannot wait.

    .PARAMETER SetPath
    The folder of the backup set. Default: only this machine is cleaned up.

    .PARAMETER RemoveStaging
    Also removes what interrupted backups have copied so far. Without it the next backup continues with that.

    .PARAMETER WhatIf
    Changes nothing, and outputs what would be done.

    .PARAMETER Confirm
    Asks before it does so.

    .INPUTS
    System.Management.Automation.PSObject. Objects with a SetPath, such as generations.

    .OUTPUTS
    MirrorBackup.RepairAction. One for each leftover: Kind (Snapshot, Generation, Staging, Work, Trash), Action (Remove,
    Commit, Keep), Done, Path and Reason. No output means that there was nothing.

    .NOTES
    Done is false for what was kept, with -WhatIf, and where Reason says why it failed.

    .EXAMPLE
    Repair-BackupSet

    Cleans up this machine.

    .EXAMPLE
    Repair-BackupSet E:\Backup -WhatIf

    Shows what was left behind on this machine and in a set.

    .EXAMPLE
    Repair-BackupSet -SetPath /mnt/backup -RemoveStaging | Where-Object Done -eq $false

    Cleans up a set completely, and shows what could not be.

    .LINK
    New-MirrorBackup

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

        [switch]$RemoveStaging
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $requests = [System.Collections.Generic.List[object]]::new()
    }
    process {
        $request = @{ removeStaging = [bool]$RemoveStaging }
        if ($SetPath) { $request['setPath'] = Resolve-BackupPath $PSCmdlet $SetPath }
        if (-not @($requests | Where-Object -FilterScript { $_['setPath'] -ceq $request['setPath'] }).Count) { $requests.Add($request) }
    }
    end {
        $engine = New-EngineSession
        $engine.Activity = 'Cleaning up'
        try {
            foreach ($request in $requests) {
                $shown = if ($request['setPath']) { "this machine and $(ConvertTo-DisplayText $request['setPath'])" } else { 'this machine' }
                $request['whatIf'] = [bool]$WhatIfPreference
                if (-not $request['whatIf'] -and -not $PSCmdlet.ShouldProcess("Clean up $shown", "Clean up ${shown}?", 'Repair-BackupSet')) { continue }
                Invoke-EngineRequest $engine $PSCmdlet 'repairSet' $request -ContinueOnError:($requests.Count -gt 1)
                if ($null -ne $engine.Result) { ConvertTo-RepairAction $engine.Result.actions }
            }
        }
        finally {
            Stop-Engine $engine -GraceMilliseconds 60000
        }
    }
}
