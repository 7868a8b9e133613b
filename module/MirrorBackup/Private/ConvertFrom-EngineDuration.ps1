# Seconds -> TimeSpan. Not TimeSpan.FromSeconds: .NET Framework rounds it to milliseconds.
function ConvertFrom-EngineDuration {
    param($Seconds)
    if ($null -eq $Seconds) { return $null }
    return [timespan]::FromTicks([long]([double]$Seconds * 10000000))
}
