# The summary of a test -> MirrorBackup.TestResult.
function ConvertTo-TestResult {
    param($InputObject)
    [pscustomobject]@{
        PSTypeName  = 'MirrorBackup.TestResult'
        SetPath     = $InputObject.setPath
        Generations = [string[]]@($InputObject.generations)
        Items       = [long]$InputObject.items
        Copies      = [long]$InputObject.copies
        BytesRead   = [long]$InputObject.bytesRead
        Damaged     = [long]$InputObject.damaged
        IsGood      = [bool]$InputObject.isGood
        Duration    = ConvertFrom-EngineDuration $InputObject.duration
    }
}
