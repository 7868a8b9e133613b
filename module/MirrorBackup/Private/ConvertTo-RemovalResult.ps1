# A removal of the protocol -> MirrorBackup.RemovalResult.
function ConvertTo-RemovalResult {
    param($InputObject)
    foreach ($removal in $InputObject) {
        [pscustomobject]@{
            PSTypeName  = 'MirrorBackup.RemovalResult'
            SetPath     = $removal.setPath
            Name        = $removal.name
            Path        = $removal.path
            Action      = $removal.action
            Reasons     = [string[]]@($removal.reasons)
            FreedBytes  = [long]$removal.freedBytes
            Estimated   = [bool]$removal.estimated
            Files       = [long]$removal.files
            Directories = [long]$removal.directories
            Duration    = ConvertFrom-EngineDuration $removal.duration
        }
    }
}
