# Damages of the protocol -> MirrorBackup.Damage.
function ConvertTo-Damage {
    param($InputObject)
    # Output after the loop: see Receive-EngineNotification.
    $damages = foreach ($damage in $InputObject) {
        [pscustomobject]@{
            PSTypeName  = 'MirrorBackup.Damage'
            Kind        = $damage.kind
            SetPath     = $damage.setPath
            Path        = $damage.path
            Generations = [string[]]@($damage.generations)
            Paths       = [string[]]@($damage.paths)
            Expected    = $damage.expected
            Actual      = $damage.actual
            NativeError = if ($damage.native) { "$($damage.native.name) ($($damage.native.code)): $($damage.native.text)" }
        }
    }
    return $damages
}
