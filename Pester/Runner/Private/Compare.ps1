# Equality as Should sees it: collections element by element, everything else with -eq or -ceq.

function Test-Equal {
    param($Actual, $Expected, [switch]$CaseSensitive)

    $actualIsList = Test-List -Value $Actual
    $expectedIsList = Test-List -Value $Expected
    if ($actualIsList -or $expectedIsList) {
        $left = @($Actual)
        $right = @($Expected)
        if ($left.Count -ne $right.Count) {
            return $false
        }

        for ($i = 0; $i -lt $left.Count; $i++) {
            if ((Test-List -Value $left[$i]) -and -not (Test-List -Value $right[$i])) {
                return $false
            }

            if (-not (Test-Equal -Actual $left[$i] -Expected $right[$i] -CaseSensitive:$CaseSensitive)) {
                return $false
            }
        }

        return $true
    }

    if ($null -eq $Actual -or $null -eq $Expected) {
        return $null -eq $Actual -and $null -eq $Expected
    }

    if ($CaseSensitive) { [bool]($Actual -ceq $Expected) } else { [bool]($Actual -eq $Expected) }
}

function Test-List {
    param($Value)

    $Value -is [System.Collections.IEnumerable] -and $Value -isnot [string] -and $Value -isnot [System.Collections.IDictionary] -and $Value -isnot [System.Xml.XmlNode]
}

function Format-Value {
    param($Value)

    if ($null -eq $Value) { return '$null' }
    if ($Value -is [string]) { return "'$Value'" }
    if ($Value -is [bool]) { return "`$$("$Value".ToLowerInvariant())" }
    if ($Value -is [type]) { return "[$($Value.FullName)]" }
    if ($Value -is [scriptblock]) { return "{$Value}" }
    if (Test-List -Value $Value) {
        $shown = foreach ($item in (@($Value) | Select-Object -First 10)) { Format-Value -Value $item }
        if (@($Value).Count -gt 10) { $shown += "... $(@($Value).Count - 10) more" }
        return '@(' + ($shown -join ', ') + ')'
    }

    if ($Value -is [System.Collections.IDictionary]) {
        return '@{' + (@(foreach ($key in $Value.Keys) { "$key=$(Format-Value -Value $Value[$key])" }) -join '; ') + '}'
    }

    if ($Value -is [datetime]) { return $Value.ToString('o') }
    [string]$Value
}

# For two long texts: where they start to differ.
function Format-Difference {
    param($Expected, $Actual)

    $text = "Expected $(Format-Value -Value $Expected), but got $(Format-Value -Value $Actual)."
    if ($Expected -isnot [string] -or $Actual -isnot [string] -or ($Expected.Length -lt 30 -and $Actual.Length -lt 30)) {
        return $text
    }

    $at = 0
    while ($at -lt $Expected.Length -and $at -lt $Actual.Length -and $Expected[$at] -eq $Actual[$at]) {
        $at++
    }

    "Expected: '$Expected'`nBut was:  '$Actual'`nThe texts differ at index $at (lengths $($Expected.Length) and $($Actual.Length))."
}
