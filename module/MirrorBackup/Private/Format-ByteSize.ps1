# 2157969408 -> "2.01 GiB", for progress and messages.
function Format-ByteSize {
    param([double]$Bytes)
    $units = 'B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'
    $unit = 0
    while ($Bytes -ge 1024 -and $unit -lt $units.Count - 1) {
        $Bytes /= 1024
        $unit++
    }
    if ($unit -eq 0) { return '{0:0} B' -f $Bytes }
    return '{0:0.00} {1}' -f $Bytes, $units[$unit]
}
