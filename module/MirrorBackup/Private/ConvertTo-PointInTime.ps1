# What -OlderThan, -NewerThan, -Before and -After take: a point in time as it is, or an age as a TimeSpan, counted back from now.
# A text is an age if it reads as one ("30.00:00:00"), else a date. A bare number is refused: days or ticks?
function ConvertTo-PointInTime {
    param($Cmdlet, $Value, [string]$Parameter)
    # From another computer, or a file: PowerShell serializes its properties only.
    if ($Value.PSObject.TypeNames -contains 'Deserialized.System.DateTimeOffset') { return [System.DateTimeOffset]$Value.UtcDateTime }
    if ($Value -is [System.Management.Automation.PSObject]) { $Value = $Value.PSObject.BaseObject }
    if ($Value -is [System.DateTimeOffset]) { return $Value }
    if ($Value -is [datetime]) { return [System.DateTimeOffset]$Value }
    if ($Value -is [timespan]) { return [System.DateTimeOffset]::Now - $Value }
    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    $age = [timespan]::Zero
    $date = [System.DateTimeOffset]::MinValue
    if ($Value -is [string] -and $Value -notmatch '^\s*\d+\s*$') {
        if ([timespan]::TryParse($Value, $culture, [ref]$age)) { return [System.DateTimeOffset]::Now - $age }
        if ([System.DateTimeOffset]::TryParse($Value, $culture, [System.Globalization.DateTimeStyles]::AssumeLocal, [ref]$date)) { return $date }
    }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $Value `
                -Message "The value '$Value' of -$Parameter is neither a point in time nor an age." `
                -Hint 'Give a DateTime such as (Get-Date).AddDays(-30), or a TimeSpan such as (New-TimeSpan -Days 30).'))
}
