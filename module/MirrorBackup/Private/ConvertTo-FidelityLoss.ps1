# Fidelity losses of the protocol -> MirrorBackup.FidelityLoss. Those of one item count 1 and have its path as the example.
# Objects inside an array come as Dictionary or, in PowerShell 7, as ExpandoObject: both have members by name.
function ConvertTo-FidelityLoss {
    param($InputObject, [string]$Path)
    foreach ($loss in $InputObject) {
        if ($null -eq $loss) { continue }
        [pscustomobject]@{
            PSTypeName = 'MirrorBackup.FidelityLoss'
            Kind       = $loss.kind
            Cause      = $loss.cause
            Reason     = $loss.reason
            NativeCode = $loss.native.code
            NativeName = $loss.native.name
            Items      = if ($Path) { [long]1 } else { [long]$loss.items }
            Examples   = [string[]]@(if ($Path) { $Path } else { $loss.examples })
        }
    }
}
