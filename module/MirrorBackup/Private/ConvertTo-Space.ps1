# What generations take -> MirrorBackup.Space.
function ConvertTo-Space {
    param($InputObject)
    foreach ($space in $InputObject) {
        [pscustomobject]@{
            PSTypeName     = 'MirrorBackup.Space'
            SetPath        = $space.setPath
            Name           = $space.name
            CreatedAt      = ConvertFrom-EngineTime $space.createdAt
            Bytes          = [long]$space.bytes
            ApparentBytes  = [long]$space.apparentBytes
            Files          = [long]$space.files
            UniqueBytes    = [long]$space.uniqueBytes
            FreedIfRemoved = [long]$space.freedIfRemoved
            Introduced     = [long]$space.introduced
            Estimated      = [bool]$space.estimated
        }
    }
}

# All that were measured together -> MirrorBackup.SpaceTotal.
function ConvertTo-SpaceTotal {
    param($Total)
    [pscustomobject]@{
        PSTypeName     = 'MirrorBackup.SpaceTotal'
        SetPath        = $Total.setPath
        Generations    = [string[]]@($Total.names)
        Bytes          = [long]$Total.bytes
        ApparentBytes  = [long]$Total.apparentBytes
        Files          = [long]$Total.files
        UniqueBytes    = [long]$Total.uniqueBytes
        FreedIfRemoved = [long]$Total.freedIfRemoved
        Introduced     = [long]$Total.introduced
        Estimated      = [bool]$Total.estimated
        GrowingFolders = @(
            foreach ($folder in $Total.growingFolders) {
                [pscustomobject]@{
                    PSTypeName = 'MirrorBackup.GrowingFolder'
                    Path       = $folder.path
                    Bytes      = [long]$folder.bytes
                    Files      = [long]$folder.files
                }
            }
        )
        LinkForecast   = ConvertTo-LinkForecast $Total.linkForecast
    }
}

function ConvertTo-LinkForecast {
    param($Forecast)
    [pscustomobject]@{
        PSTypeName = 'MirrorBackup.LinkForecast'
        MaxLinks   = [long]$Forecast.maxLinks
        MostLinks  = [long]$Forecast.mostLinks
        FirstRun   = $Forecast.firstRun
        LastRun    = $Forecast.lastRun
        Runs       = @(
            foreach ($run in $Forecast.runs) {
                [pscustomobject]@{
                    PSTypeName = 'MirrorBackup.LinkForecastRun'
                    Run        = [long]$run.run
                    Files      = [long]$run.files
                    Bytes      = [long]$run.bytes
                }
            }
        )
    }
}
