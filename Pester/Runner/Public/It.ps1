# One test; with -TestCases (or -ForEach) one per entry.
function It {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string]$Name,
        [Parameter(Position = 1)] [scriptblock]$Test,
        [Alias('ForEach')] [AllowEmptyCollection()] [object[]]$TestCases,
        [string[]]$Tag = @(),
        [switch]$Skip
    )

    Assert-Discovery -Command It
    $cases = @($null)
    $hasCases = $PSBoundParameters.ContainsKey('TestCases')
    if ($hasCases) {
        $cases = @($TestCases)
    }

    $parent = $script:Run.Current
    foreach ($case in $cases) {
        $variables = @{}
        $arguments = @{}
        if ($hasCases) {
            $variables = ConvertTo-CaseVariable -Case $case
            if ($Test.Ast.ParamBlock -and $case -is [System.Collections.IDictionary]) {
                $arguments = @{} + $case
            }
        }

        $null = $parent.Children.Add(@{
                Kind = 'Test'; Name = $Name; Path = @($parent.Path) + $Name; Parent = $parent; Body = $Test
                Variables = $variables; Arguments = $arguments
                Tag = @($Tag) + $parent.Tag; Skip = [bool]$Skip -or $parent.Skip; SkipReason = $null
                Selected = $true; Failure = $null
                File = $script:Run.File; Line = $MyInvocation.ScriptLineNumber
                Mocks = [System.Collections.ArrayList]::new(); Calls = [System.Collections.ArrayList]::new()
            })
    }
}
