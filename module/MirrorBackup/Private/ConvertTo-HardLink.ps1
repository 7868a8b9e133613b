# A hard link of the protocol -> MirrorBackup.HardLink.
function ConvertTo-HardLink {
    param($InputObject)
    foreach ($link in $InputObject) {
        [pscustomobject]@{
            PSTypeName = 'MirrorBackup.HardLink'
            Path       = $link.path
            LinkCount  = [long]$link.linkCount
            FileId     = $link.fileId
            Volume     = $link.volume
            Names      = [string[]]@($link.names)
            Length     = [long]$link.length
            Complete   = [bool]$link.complete
        }
    }
}
