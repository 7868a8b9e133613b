# 2157969408 -> "2.01 GiB": three digits, for progress and messages.
function Format-ByteSize {
    param([double]$Bytes)
    $units = 'B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'
    $unit = 0
    while ($Bytes -ge 1024 -and $unit -lt $units.Count - 1) {
        $Bytes /= 1024
        $unit++
    }
    $format = if ($unit -eq 0 -or $Bytes -ge 99.95) { '0' } elseif ($Bytes -ge 9.995) { '0.0' } else { '0.00' }
    return $Bytes.ToString($format) + ' ' + $units[$unit]
}
