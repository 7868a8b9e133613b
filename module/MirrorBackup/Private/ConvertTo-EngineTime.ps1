# DateTimeOffset -> RFC 3339 in UTC with all of its digits.
function ConvertTo-EngineTime {
    param([System.DateTimeOffset]$Time)
    return $Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", [System.Globalization.CultureInfo]::InvariantCulture)
}
