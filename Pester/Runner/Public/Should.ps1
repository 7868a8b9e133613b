# Compares what came through the pipeline with what was expected, and throws if it differs.
function Should {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)] [Alias('ExpectedMessage', 'ExpectedType', 'RegularExpression', 'CommandName')] [AllowNull()] [AllowEmptyString()] [AllowEmptyCollection()]
        $ExpectedValue,
        [Parameter(ValueFromPipeline)] [AllowNull()] [AllowEmptyString()] [AllowEmptyCollection()]
        $ActualValue,
        [switch]$Not,
        [string]$Because,

        [Alias('EQ')] [switch]$Be,
        [Alias('CEQ')] [switch]$BeExactly,
        [switch]$BeNullOrEmpty, [switch]$BeTrue, [switch]$BeFalse,
        [Alias('GT')] [switch]$BeGreaterThan, [Alias('GE')] [switch]$BeGreaterOrEqual,
        [Alias('LT')] [switch]$BeLessThan, [Alias('LE')] [switch]$BeLessOrEqual,
        [switch]$BeLike, [switch]$BeLikeExactly, [switch]$Match, [switch]$MatchExactly,
        [switch]$Contain, [switch]$ContainExactly, [switch]$BeIn, [switch]$HaveCount, [switch]$Exist, [switch]$BeOfType,

        [switch]$Throw, [string]$ErrorId, [type]$ExceptionType, [switch]$PassThru,

        [switch]$Invoke, [int]$Times = 1, [switch]$Exactly, [scriptblock]$ParameterFilter, [string]$ModuleName,
        [ValidateSet('It', 'Context', 'Describe')] [string]$Scope
    )

    begin {
        $values = [System.Collections.ArrayList]::new()
    }
    process {
        if ($MyInvocation.ExpectingInput) {
            $null = $values.Add($ActualValue)
        }
    }
    end {
        if (-not $MyInvocation.ExpectingInput -and $PSBoundParameters.ContainsKey('ActualValue')) {
            $null = $values.Add($ActualValue)
        }

        if ($Invoke) {
            $result = Test-MockCall -Name $ExpectedValue -ModuleName $ModuleName -Times $Times -Exactly ([bool]$Exactly) -TimesGiven $PSBoundParameters.ContainsKey('Times') -Filter $ParameterFilter -Scope $Scope
        }
        elseif ($Throw) {
            $result = Test-Throw -Body ($values | Select-Object -First 1) -Message $ExpectedValue -ErrorId $ErrorId -ExceptionType $ExceptionType
        }
        else {
            $name = @($script:Operators.Keys | Where-Object { $PSBoundParameters[$_] })
            if ($name.Count -ne 1) {
                throw 'Should needs exactly one operator, such as -Be.'
            }

            $actual = $values.ToArray()
            $single = $null
            if ($actual.Count -eq 1) { $single = $actual[0] } elseif ($actual.Count -gt 1) { $single = $actual }
            $count = $actual.Count
            if (-not $MyInvocation.ExpectingInput -and $actual.Count -eq 1) {
                $actual = @($actual[0])
                $count = $actual.Count
            }

            $result = & $script:Operators[$name[0]] @{ Actual = $actual; Value = $single; Count = $count; Expected = $ExpectedValue }
        }

        if ([bool]$result.Ok -eq [bool]$Not) {
            $text = $result.Text
            if ($Not) {
                $text = "$($result.Not)."
                if (-not $result.Not) { $text = "Expected the opposite of: $($result.Text)" }
            }

            if ($Because) {
                $text = "$text (because $Because)"
            }

            $exception = [System.Exception]::new($text)
            $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($exception, 'PesterAssertionFailed', 'InvalidResult', $null))
        }

        if ($Throw -and $PassThru) {
            $result.Error
        }
    }
}

function Test-Throw {
    param($Body, $Message, [string]$ErrorId, [type]$ExceptionType)

    if ($Body -isnot [scriptblock]) {
        throw 'Should -Throw needs a script block: { ... } | Should -Throw'
    }

    $caught = $null
    try {
        # The block keeps the scope it was written in, as if its commands stood there.
        $null = & $Body
    }
    catch {
        $caught = $_
    }

    $wanted = @()
    if ($ExceptionType) { $wanted += "of type [$($ExceptionType.FullName)]" }
    if ($Message) { $wanted += "with message like $(Format-Value -Value $Message)" }
    if ($ErrorId) { $wanted += "with id like $(Format-Value -Value $ErrorId)" }
    $expected = ('an exception ' + ($wanted -join ', ')).Trim()
    if (-not $caught) {
        return @{ Ok = $false; Text = "Expected $expected, but none was thrown." }
    }

    $ok = (-not $ExceptionType -or $caught.Exception -is $ExceptionType) -and
    (-not $Message -or $caught.Exception.Message -like $Message) -and
    (-not $ErrorId -or $caught.FullyQualifiedErrorId -like $ErrorId)
    $actual = "[$($caught.Exception.GetType().FullName)] $($caught.Exception.Message) ($($caught.FullyQualifiedErrorId))"
    @{ Ok = $ok; Error = $caught; Text = "Expected $expected, but got $actual."; Not = "Expected no exception to be thrown, but got $actual" }
}
