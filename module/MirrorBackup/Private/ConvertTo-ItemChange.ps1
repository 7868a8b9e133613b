# Item changes of the protocol -> MirrorBackup.ItemChange. Runs once per item of a backup, so it calls as little as it can.
# LastWriteTime is a local DateTime, as FileInfo has it: it compares with Get-Item and survives Export-Clixml exactly.
function ConvertTo-ItemChange {
    param($InputObject)
    # Output after the loop: see Receive-EngineNotification.
    $changes = foreach ($item in $InputObject) {
        $time = if ($item.lastWriteTime) { ConvertFrom-EngineTime $item.lastWriteTime }
        [pscustomobject]@{
            PSTypeName    = 'MirrorBackup.ItemChange'
            Change        = $item.change
            Action        = $item.action
            ItemType      = $item.itemType
            Path          = $item.path
            OldPath       = $item.oldPath
            Length        = [long]$item.length
            LastWriteTime = if ($null -ne $time) { $time.LocalDateTime }
            Reason        = $item.reason
            # Hardly any item has some, and each call costs.
            FidelityLosses = @(if ($item.fidelityLosses) { ConvertTo-FidelityLoss $item.fidelityLosses $item.path })
        }
    }
    return $changes
}
