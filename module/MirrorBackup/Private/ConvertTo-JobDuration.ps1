# A TimeSpan, or a text as in job files -> a duration of job files, such as 26h.
function ConvertTo-JobDuration {
    param($Cmdlet, $Value, [string]$Parameter)
    $span = if ($Value -is [timespan]) { $Value } else { $null }
    if ($null -eq $span -and $Value -is [string]) {
        if ($Value -match '^\d+(\.\d+)? ?(s|min|h|d|w)$') { return $Value }
        $parsed = [timespan]::Zero
        if ($Value -match ':' -and [timespan]::TryParse($Value, [System.Globalization.CultureInfo]::InvariantCulture, [ref]$parsed)) { $span = $parsed }
    }
    if ($null -ne $span -and $span.TotalSeconds -ge 1) {
        return $span.TotalSeconds.ToString('0.###', [System.Globalization.CultureInfo]::InvariantCulture) + 's'
    }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $Value `
                -Message "The time of -$Parameter, '$Value', is none of a second or more." `
                -Hint "Give a number with s, min, h, d or w, such as 26h, or a TimeSpan such as (New-TimeSpan -Hours 26)."))
}

# As people write it: 2592000 s are 30d.
function ConvertTo-RoundDuration {
    param([timespan]$Span)
    $seconds = [long][System.Math]::Round($Span.TotalSeconds)
    foreach ($unit in @(86400, 'd'), @(3600, 'h'), @(60, 'min')) {
        if ($seconds % $unit[0] -eq 0) { return ($seconds / $unit[0]).ToString([System.Globalization.CultureInfo]::InvariantCulture) + $unit[1] }
    }
    return $seconds.ToString([System.Globalization.CultureInfo]::InvariantCulture) + 's'
}
