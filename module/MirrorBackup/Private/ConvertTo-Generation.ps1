# A generation of the protocol -> MirrorBackup.Generation, or MirrorBackup.Plan where nothing was done (-WhatIf).
function ConvertTo-Generation {
    param($InputObject)
    foreach ($generation in $InputObject) { New-GenerationObject $generation }
}

# The properties in their order; counts are made whole numbers, what is Made is more than a plain value.
# A table, because PowerShell compiles every access to a property by name once per session, which took longer than all
# the rest; and few calls, because each of them costs as much as twenty values.
$script:GenerationProperties = [ordered]@{
    SetPath = 'Text'; Name = 'Text'; Path = 'Text'; Id = 'Text'; CreatedAt = 'Made'; Duration = 'Made'; State = 'Text'
    Sources = 'Made'; Snapshot = 'Made'; Base = 'Text'
    Files = 'Count'; Directories = 'Count'; OtherItems = 'Count'; Bytes = 'Count'
    LinkedFiles = 'Count'; CopiedFiles = 'Count'; CopiedBytes = 'Count'; ReusedFiles = 'Count'; LinkFallbacks = 'Count'; RebasedFiles = 'Count'
    Added = 'Count'; Modified = 'Count'; MetadataChanged = 'Count'; Renamed = 'Count'; Removed = 'Count'; TypeChanged = 'Count'
    Excluded = 'Count'; Failed = 'Count'; Stale = 'Count'; FidelityLosses = 'Made'; SkippedSockets = 'Count'
    Pinned = 'Made'; PinReason = 'Text'; Skipped = 'Made'; EngineVersion = 'Text'; Warnings = 'Made'; Phases = 'Made'
}

# The protocol has the same names with a small first letter.
$script:GenerationFields = @{}
foreach ($name in $script:GenerationProperties.Keys) { $script:GenerationFields[$name] = $name.Substring(0, 1).ToLowerInvariant() + $name.Substring(1) }

# Objects inside a generation come as Dictionary or, in PowerShell 7, as ExpandoObject: copied, they are the same.
function New-GenerationObject {
    param($Generation)
    $duration = $Generation['duration']
    $snapshot = if ($null -ne $Generation['snapshot']) { [System.Collections.Generic.Dictionary[string, object]]::new($Generation['snapshot']) } else { @{} }
    $sources = foreach ($one in $Generation['sources']) {
        $source = [System.Collections.Generic.Dictionary[string, object]]::new($one)
        [pscustomobject]@{ PSTypeName = 'MirrorBackup.Source'; Name = $source['name']; Path = $source['path'] }
    }
    $warnings = foreach ($one in $Generation['warnings']) {
        $warning = [System.Collections.Generic.Dictionary[string, object]]::new($one)
        [pscustomobject]@{ PSTypeName = 'MirrorBackup.Warning'; Id = $warning['id']; Message = $warning['message']; Path = $warning['path'] }
    }
    $made = @{
        CreatedAt = ConvertFrom-EngineTime $Generation['createdAt']
        Duration  = if ($null -ne $duration) { [timespan]::FromTicks([long]([double]$duration * 10000000)) }
        Sources   = @($sources)
        Snapshot  = [pscustomobject]@{ PSTypeName = 'MirrorBackup.Snapshot'; Kind = if ($snapshot['kind']) { $snapshot['kind'] } else { 'None' }; Reason = $snapshot['reason'] }
        Pinned    = [bool]$Generation['pinned']
        Skipped   = [bool]$Generation['skipped']
        FidelityLosses = @(ConvertTo-FidelityLoss $Generation['fidelityLosses'])
        Warnings  = @($warnings)
        Phases    = if ($null -ne $Generation['phases']) { ConvertTo-GenerationPhases $Generation['phases'] }
    }
    $properties = [ordered]@{ PSTypeName = 'MirrorBackup.Generation' }
    foreach ($property in $script:GenerationProperties.GetEnumerator()) {
        $name = $property.Key
        if ($property.Value -eq 'Count') { $properties[$name] = [long]$Generation[$script:GenerationFields[$name]] }
        elseif ($property.Value -eq 'Text') { $properties[$name] = $Generation[$script:GenerationFields[$name]] }
        else { $properties[$name] = $made[$name] }
    }
    if ($properties['State'] -eq 'Planned') {
        $properties['PSTypeName'] = 'MirrorBackup.Plan'
        $free = $Generation['freeBytes']
        $properties['FreeBytes'] = if ($null -ne $free) { [long]$free }
    }
    return [pscustomobject]$properties
}

function ConvertTo-GenerationPhases {
    param($Phases)
    $secondsOf = [System.Collections.Generic.Dictionary[string, object]]::new($Phases)
    $properties = [ordered]@{ PSTypeName = 'MirrorBackup.Phases' }
    foreach ($name in 'Prepare', 'Mirror', 'Manifest', 'Flush', 'Commit') {
        $seconds = $secondsOf[$name.ToLowerInvariant()]
        $properties[$name] = if ($null -ne $seconds) { [timespan]::FromTicks([long]([double]$seconds * 10000000)) }
    }
    return [pscustomobject]$properties
}
