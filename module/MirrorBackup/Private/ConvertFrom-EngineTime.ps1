# RFC 3339 with up to nine fraction digits -> DateTimeOffset, exact to .NET's 100 ns. A time .NET cannot hold is $null:
# file systems know years that DateTimeOffset does not.
function ConvertFrom-EngineTime {
    param([string]$Time)
    if ($Time.Length -gt 28) { $Time = $Time.Remove(27, $Time.Length - 28) }
    $result = [System.DateTimeOffset]::MinValue
    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    $style = [System.Globalization.DateTimeStyles]::AssumeUniversal
    if ([System.DateTimeOffset]::TryParseExact($Time, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", $culture, $style, [ref]$result)) {
        return $result
    }
    return $null
}
