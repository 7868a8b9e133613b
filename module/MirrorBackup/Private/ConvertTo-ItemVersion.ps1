# Item versions of the protocol -> MirrorBackup.ItemVersion. Generation is the newest that has the version, so that the
# object binds to Restore-BackupItem by SetPath, Generation and Path.
function ConvertTo-ItemVersion {
    param($InputObject)
    # Output after the loop: see Receive-EngineNotification.
    $versions = foreach ($version in $InputObject) {
        $time = if ($version.lastWriteTime) { ConvertFrom-EngineTime $version.lastWriteTime }
        $generations = [string[]]@($version.generations)
        [pscustomobject]@{
            PSTypeName    = 'MirrorBackup.ItemVersion'
            SetPath       = $version.setPath
            Path          = $version.path
            ItemType      = $version.itemType
            Length        = [long]$version.length
            LastWriteTime = if ($null -ne $time) { $time.LocalDateTime }
            Hash          = $version.hash
            Generation    = $generations[-1]
            Generations   = $generations
            FirstSeen     = ConvertFrom-EngineTime $version.firstSeen
            LastSeen      = ConvertFrom-EngineTime $version.lastSeen
            FullName      = $version.fullName
        }
    }
    return $versions
}
