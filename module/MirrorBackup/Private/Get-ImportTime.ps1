# When a backup was made: as the name of its folder says, else when the folder was last written.
function Get-ImportTime {
    param([string]$Path)
    $leaf = [System.IO.Path]::GetFileName($Path)
    if ($leaf -match $script:DateInName) {
        $found = $Matches
        $hour = if ($found['hour']) { $found['hour'] } else { '00' }
        $minute = if ($found['minute']) { $found['minute'] } else { '00' }
        $second = if ($found['second']) { $found['second'] } else { '00' }
        $text = "$($found['year'])-$($found['month'])-$($found['day']) ${hour}:${minute}:${second}"
        $style = [System.Globalization.DateTimeStyles]::AssumeLocal
        if ($found['utc']) { $style = [System.Globalization.DateTimeStyles]::AssumeUniversal }
        $time = [System.DateTimeOffset]::MinValue
        if ([System.DateTimeOffset]::TryParse($text, [System.Globalization.CultureInfo]::InvariantCulture, $style, [ref]$time)) { return $time }
    }
    # Of a folder that is not there this is a time long ago; the engine says that it is not there.
    return [System.DateTimeOffset]([System.IO.Directory]::GetLastWriteTimeUtc($Path))
}

# 2026-11-23, 20261123-0300, 2026-11-23_03-00-00, 2026-11-23T101500Z, home.2026.11.23, ...
$script:DateInName = '(?<!\d)(?<year>(?:19|20)\d\d)(?<between>[-_.]?)(?<month>0[1-9]|1[0-2])\k<between>(?<day>0[1-9]|[12]\d|3[01])' +
    '(?:[T _@.-]*(?<hour>[01]\d|2[0-3])[-:._h]?(?<minute>[0-5]\d)(?:[-:._m]?(?<second>[0-5]\d))?(?<utc>Z)?)?(?!\d)'
