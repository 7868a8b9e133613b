# Writes a request as one line of JSON in pure ASCII. ConvertTo-Json is not used: it writes strings that carry note
# properties (Get-Content in Windows PowerShell 5.1) as objects, and half surrogates of Windows names get lost on the
# way to UTF-8.
function ConvertTo-EngineJson {
    param($Value)
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [string]) { return ConvertTo-EngineJsonString $Value }
    if ($Value -is [bool] -or $Value -is [switch]) { return ([string][bool]$Value).ToLowerInvariant() }
    if ($Value -is [System.Collections.IDictionary]) {
        $members = foreach ($key in $Value.Keys) {
            (ConvertTo-EngineJsonString ([string]$key)) + ':' + (ConvertTo-EngineJson $Value[$key])
        }
        return '{' + ($members -join ',') + '}'
    }
    if ($Value -is [System.Collections.IEnumerable]) {
        $items = foreach ($item in $Value) { ConvertTo-EngineJson $item }
        return '[' + ($items -join ',') + ']'
    }
    return ([System.IFormattable]$Value).ToString($null, [System.Globalization.CultureInfo]::InvariantCulture)
}

function ConvertTo-EngineJsonString {
    param([string]$Text)
    if ($Text -notmatch '[^ !#-\[\]-~]') { return '"' + $Text + '"' }
    $escape = {
        param($match)
        '\u{0:x4}' -f [int][char]$match.Value
    }
    return '"' + [regex]::Replace($Text, '[^ !#-\[\]-~]', $escape) + '"'
}
