# Restored items of the protocol -> MirrorBackup.RestoredItem. Runs once per item, so it calls as little as it can.
function ConvertTo-RestoredItem {
    param($InputObject)
    # Output after the loop: see Receive-EngineNotification.
    $items = foreach ($item in $InputObject) {
        $time = if ($item.lastWriteTime) { ConvertFrom-EngineTime $item.lastWriteTime }
        [pscustomobject]@{
            PSTypeName     = 'MirrorBackup.RestoredItem'
            Action         = $item.action
            ItemType       = $item.itemType
            Path           = $item.path
            Destination    = $item.destination
            Length         = [long]$item.length
            LastWriteTime  = if ($null -ne $time) { $time.LocalDateTime }
            Verified       = [bool]$item.verified
            Condition      = $item.condition
            FidelityLosses = @(if ($item.fidelityLosses) { ConvertTo-FidelityLoss $item.fidelityLosses $item.path })
        }
    }
    return $items
}
