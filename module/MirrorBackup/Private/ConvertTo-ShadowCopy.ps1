# A shadow copy of the protocol -> MirrorBackup.ShadowCopy.
function ConvertTo-ShadowCopy {
    param($InputObject)
    foreach ($copy in $InputObject) {
        [pscustomobject]@{
            PSTypeName = 'MirrorBackup.ShadowCopy'
            Id         = $copy.id
            Kind       = $copy.kind
            Volume     = $copy.volume
            DevicePath = $copy.devicePath
            CreatedAt  = ConvertFrom-EngineTime $copy.createdAt
            Persistent = [bool]$copy.persistent
            Mounts     = [string[]]@($copy.mounts)
            Owner      = $copy.owner
        }
    }
}
