# A repair action of the protocol -> MirrorBackup.RepairAction.
function ConvertTo-RepairAction {
    param($InputObject)
    foreach ($action in $InputObject) {
        [pscustomobject]@{
            PSTypeName     = 'MirrorBackup.RepairAction'
            Kind           = $action.kind
            Action         = $action.action
            Done           = [bool]$action.done
            Path           = $action.path
            Reason         = $action.reason
            Origin         = $action.origin
            Names          = @(foreach ($name in $action.names) { "$($name.generation)/$($name.path)" })
            FidelityLosses = @(if ($action.fidelityLosses) { ConvertTo-FidelityLoss $action.fidelityLosses $action.path })
        }
    }
}
