# Writes a request as one line of JSON in pure ASCII. ConvertTo-Json is not used: it writes strings that carry note
# properties (Get-Content in Windows PowerShell 5.1) as objects. Half a surrogate pair, which a Windows name may hold, has
# no place in JSON: it is written as the bytes of its WTF-8 form, each as U+241B and two hex digits (docs/protocol.md).
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
    $whole = [regex]::Replace($Text, $script:HalfPair, ${function:ConvertTo-EscapedHalfPair})
    return '"' + [regex]::Replace($whole, '[^ !#-\[\]-~]', $escape) + '"'
}

function ConvertTo-EscapedHalfPair {
    param($Match)
    $unit = [int][char]$Match.Value
    $bytes = (0xE0 -bor ($unit -shr 12)), (0x80 -bor (($unit -shr 6) -band 0x3F)), (0x80 -bor ($unit -band 0x3F))
    -join $(foreach ($byte in $bytes) { [string][char]0x241B + $byte.ToString('X2') })
}

$script:HalfPair = '[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]'
