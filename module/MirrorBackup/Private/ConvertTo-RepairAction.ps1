# A repair action of the protocol -> MirrorBackup.RepairAction.
function ConvertTo-RepairAction {
    param($InputObject)
    foreach ($action in $InputObject) {
        [pscustomobject]@{
            PSTypeName = 'MirrorBackup.RepairAction'
            Kind       = $action.kind
            Action     = $action.action
            Done       = [bool]$action.done
            Path       = $action.path
            Reason     = $action.reason
        }
    }
}
