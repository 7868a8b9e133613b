# A generation of the protocol -> MirrorBackup.Generation, or MirrorBackup.Plan where nothing was done (-WhatIf).
function ConvertTo-Generation {
    param($InputObject)
    foreach ($generation in $InputObject) {
        $planned = $generation.state -eq 'Planned'
        $properties = [ordered]@{
            PSTypeName      = if ($planned) { 'MirrorBackup.Plan' } else { 'MirrorBackup.Generation' }
            SetPath         = $generation.setPath
            Name            = $generation.name
            Path            = $generation.path
            Id              = $generation.id
            CreatedAt       = ConvertFrom-EngineTime $generation.createdAt
            Duration        = ConvertFrom-EngineDuration $generation.duration
            State           = $generation.state
            Sources         = @(ConvertTo-GenerationSource $generation.sources)
            Snapshot        = ConvertTo-GenerationSnapshot $generation.snapshot
            Base            = $generation.base
            Files           = [long]$generation.files
            Directories     = [long]$generation.directories
            OtherItems      = [long]$generation.otherItems
            Bytes           = [long]$generation.bytes
            LinkedFiles     = [long]$generation.linkedFiles
            CopiedFiles     = [long]$generation.copiedFiles
            CopiedBytes     = [long]$generation.copiedBytes
            ReusedFiles     = [long]$generation.reusedFiles
            LinkFallbacks   = [long]$generation.linkFallbacks
            RebasedFiles    = [long]$generation.rebasedFiles
            Added           = [long]$generation.added
            Modified        = [long]$generation.modified
            MetadataChanged = [long]$generation.metadataChanged
            Renamed         = [long]$generation.renamed
            Removed         = [long]$generation.removed
            TypeChanged     = [long]$generation.typeChanged
            Excluded        = [long]$generation.excluded
            Failed          = [long]$generation.failed
            Stale           = [long]$generation.stale
            FidelityLosses  = [long]$generation.fidelityLosses
            SkippedSockets  = [long]$generation.skippedSockets
            Pinned          = [bool]$generation.pinned
            Skipped         = [bool]$generation.skipped
            EngineVersion   = $generation.engineVersion
            Warnings        = @(ConvertTo-GenerationWarning $generation.warnings)
            Phases          = ConvertTo-GenerationPhases $generation.phases
        }
        if ($planned) { $properties['FreeBytes'] = if ($null -ne $generation.freeBytes) { [long]$generation.freeBytes } }
        [pscustomobject]$properties
    }
}

function ConvertTo-GenerationSource {
    param($Sources)
    foreach ($source in $Sources) {
        [pscustomobject]@{ PSTypeName = 'MirrorBackup.Source'; Name = $source.name; Path = $source.path }
    }
}

function ConvertTo-GenerationSnapshot {
    param($Snapshot)
    $kind = if ($Snapshot.kind) { $Snapshot.kind } else { 'None' }
    return [pscustomobject]@{ PSTypeName = 'MirrorBackup.Snapshot'; Kind = $kind; Reason = $Snapshot.reason }
}

function ConvertTo-GenerationWarning {
    param($Warnings)
    foreach ($warning in $Warnings) {
        [pscustomobject]@{ PSTypeName = 'MirrorBackup.Warning'; Id = $warning.id; Message = $warning.message; Path = $warning.path }
    }
}

function ConvertTo-GenerationPhases {
    param($Phases)
    if ($null -eq $Phases) { return $null }
    return [pscustomobject]@{
        PSTypeName = 'MirrorBackup.Phases'
        Prepare    = ConvertFrom-EngineDuration $Phases.prepare
        Mirror     = ConvertFrom-EngineDuration $Phases.mirror
        Manifest   = ConvertFrom-EngineDuration $Phases.manifest
        Flush      = ConvertFrom-EngineDuration $Phases.flush
        Commit     = ConvertFrom-EngineDuration $Phases.commit
    }
}
