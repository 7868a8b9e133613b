# Should's operators: each gets the actual values and says in words what was expected, and whether it holds.
# Actual is the list of values that came through the pipeline; Value is the single one, or the list.

$script:Operators = @{
    Be = { param($a) @{ Ok = Test-Equal -Actual $a.Value -Expected $a.Expected; Text = Format-Difference -Expected $a.Expected -Actual $a.Value; Not = "Expected a value other than $(Format-Value -Value $a.Expected)" } }
    BeExactly = { param($a) @{ Ok = Test-Equal -Actual $a.Value -Expected $a.Expected -CaseSensitive; Text = Format-Difference -Expected $a.Expected -Actual $a.Value; Not = "Expected a value other than $(Format-Value -Value $a.Expected), case included" } }
    BeNullOrEmpty = { param($a) @{ Ok = @($a.Value).Count -eq 0 -or ($a.Count -le 1 -and (Test-Empty -Value $a.Value)); Text = "Expected `$null or empty, but got $(Format-Value -Value $a.Value)."; Not = 'Expected a value, but got $null or empty' } }
    BeTrue = { param($a) @{ Ok = [bool]$a.Value; Text = "Expected `$true, but got $(Format-Value -Value $a.Value)."; Not = "Expected not `$true, but got $(Format-Value -Value $a.Value)" } }
    BeFalse = { param($a) @{ Ok = -not $a.Value; Text = "Expected `$false, but got $(Format-Value -Value $a.Value)."; Not = "Expected not `$false, but got $(Format-Value -Value $a.Value)" } }
    BeGreaterThan = { param($a) @{ Ok = $a.Value -gt $a.Expected; Text = "Expected a value greater than $(Format-Value -Value $a.Expected), but got $(Format-Value -Value $a.Value)." } }
    BeGreaterOrEqual = { param($a) @{ Ok = $a.Value -ge $a.Expected; Text = "Expected a value greater than or equal to $(Format-Value -Value $a.Expected), but got $(Format-Value -Value $a.Value)." } }
    BeLessThan = { param($a) @{ Ok = $a.Value -lt $a.Expected; Text = "Expected a value less than $(Format-Value -Value $a.Expected), but got $(Format-Value -Value $a.Value)." } }
    BeLessOrEqual = { param($a) @{ Ok = $a.Value -le $a.Expected; Text = "Expected a value less than or equal to $(Format-Value -Value $a.Expected), but got $(Format-Value -Value $a.Value)." } }
    BeLike = { param($a) @{ Ok = $a.Value -like $a.Expected; Text = "Expected a text like $(Format-Value -Value $a.Expected), but got $(Format-Value -Value $a.Value)." } }
    BeLikeExactly = { param($a) @{ Ok = $a.Value -clike $a.Expected; Text = "Expected a text like $(Format-Value -Value $a.Expected), case included, but got $(Format-Value -Value $a.Value)." } }
    Match = { param($a) @{ Ok = $a.Value -match $a.Expected; Text = "Expected a text that matches $(Format-Value -Value $a.Expected), but got $(Format-Value -Value $a.Value)." } }
    MatchExactly = { param($a) @{ Ok = $a.Value -cmatch $a.Expected; Text = "Expected a text that matches $(Format-Value -Value $a.Expected), case included, but got $(Format-Value -Value $a.Value)." } }
    Contain = { param($a) @{ Ok = @($a.Actual) -contains $a.Expected; Text = "Expected $(Format-Value -Value $a.Expected) in the collection $(Format-Value -Value @($a.Actual)), but it is not there." } }
    ContainExactly = { param($a) @{ Ok = @($a.Actual) -ccontains $a.Expected; Text = "Expected $(Format-Value -Value $a.Expected) in the collection $(Format-Value -Value @($a.Actual)), but it is not there." } }
    BeIn = { param($a) @{ Ok = @($a.Expected) -contains $a.Value; Text = "Expected one of $(Format-Value -Value @($a.Expected)), but got $(Format-Value -Value $a.Value)." } }
    HaveCount = { param($a) @{ Ok = $a.Count -eq [int]$a.Expected; Text = "Expected a collection of $($a.Expected), but got $($a.Count): $(Format-Value -Value @($a.Actual))." } }
    Exist = { param($a) @{ Ok = Test-Path -Path $a.Value; Text = "Expected path $(Format-Value -Value $a.Value) to exist, but it does not." } }
    BeOfType = { param($a) Test-TypeOf -Assertion $a }
}

function Test-Empty {
    param($Value)

    if ($null -eq $Value) { return $true }
    if ($Value -is [string]) { return $Value.Length -eq 0 }
    if ($Value -is [System.Collections.IDictionary]) { return $Value.Count -eq 0 }
    (Test-List -Value $Value) -and @($Value).Count -eq 0
}

function Test-TypeOf {
    param($Assertion)

    $type = $Assertion.Expected
    if ($type -is [string]) {
        $type = ($type -replace '^\[|\]$', '') -as [type]
    }

    if (-not $type) {
        throw "Could not find type [$($Assertion.Expected)]. Make sure that the assembly that contains that type is loaded."
    }

    $actual = '$null'
    if ($null -ne $Assertion.Value) {
        $actual = "[$($Assertion.Value.GetType().FullName)]"
    }

    @{ Ok = $Assertion.Value -is $type; Text = "Expected a value of type [$($type.FullName)], but got $actual $(Format-Value -Value $Assertion.Value)." }
}
