# The run phase: every block in its own scope, every test in a child scope of its block.

function Invoke-Block {
    param($Block)

    $tests = @(Get-TestIn -Block $Block | Where-Object { $_.Selected })
    if ($tests.Count -eq 0) {
        return
    }

    $outer = $script:Run.Current
    $script:Run.Current = $Block
    $kept = Get-TestDriveContent
    $ran = @($tests | Where-Object { -not $_.Skip }).Count -gt 0
    Write-BlockHeader -Block $Block
    try {
        $null = Enter-Scope $Block.Variables {
            . $script:Run.Scope.SetVariables $Block.Variables
            $setUp = $true
            try {
                if ($ran -and $Block.BeforeAll) {
                    . $Block.BeforeAll
                }
            }
            catch {
                $setUp = $false
                Complete-WithSetupError -Tests $tests -ErrorRecord $_ -Where 'BeforeAll'
            }

            try {
                if ($setUp) {
                    foreach ($child in $Block.Children) {
                        if ($child.Kind -ne 'Test') { Invoke-Block -Block $child }
                        elseif ($child.Selected) { Invoke-Test -Test $child }
                    }
                }
            }
            finally {
                try {
                    if ($ran -and $Block.AfterAll) {
                        . $Block.AfterAll
                    }
                }
                catch {
                    Add-BlockFailure -Block $Block -ErrorRecord $_ -Where 'AfterAll'
                }
            }
        }
    }
    finally {
        Remove-Mock -Owner $Block
        Clear-TestDrive -Keep $kept
        $script:Run.Current = $outer
    }
}

function Invoke-Test {
    param($Test)

    if ($Test.Skip) {
        Complete-Test -Test $Test -Result 'Skipped' -Because $Test.SkipReason
        return
    }

    $blocks = @()
    for ($block = $Test.Parent; $block; $block = $block.Parent) {
        $blocks = @($block) + $blocks
    }

    $script:Run.Test = $Test
    $script:Run.Watch = [System.Diagnostics.Stopwatch]::StartNew()
    $failure = $null
    try {
        $null = Enter-Scope $Test.Variables {
            . $script:Run.Scope.SetVariables $Test.Variables
            $Test.Name = Expand-TestName -Name $Test.Name
            try {
                foreach ($block in $blocks) {
                    if ($block.BeforeEach) { . $block.BeforeEach }
                }

                $case = $Test.Arguments
                . $Test.Body @case
            }
            catch {
                # Only the first error counts; AfterEach runs in any case.
                Set-TestFailure -ErrorRecord $_
            }

            try {
                for ($i = $blocks.Count - 1; $i -ge 0; $i--) {
                    if ($blocks[$i].AfterEach) { . $blocks[$i].AfterEach }
                }
            }
            catch {
                Set-TestFailure -ErrorRecord $_
            }
        }
    }
    finally {
        Remove-Mock -Owner $Test
        $script:Run.Test = $null
    }

    $failure = $Test.Failure
    if (-not $failure) {
        Complete-Test -Test $Test -Result 'Passed'
    }
    elseif ($failure.FullyQualifiedErrorId -like 'PesterTestSkipped*') {
        Complete-Test -Test $Test -Result 'Skipped' -Because $failure.TargetObject
    }
    else {
        Complete-Test -Test $Test -Result 'Failed' -ErrorRecord $failure
    }
}

function Set-TestFailure {
    param($ErrorRecord)

    if (-not $script:Run.Test.Failure) {
        $script:Run.Test.Failure = $ErrorRecord
    }
}

function Complete-WithSetupError {
    param($Tests, $ErrorRecord, [string]$Where)

    foreach ($test in $Tests) {
        if ($test.Skip) {
            Complete-Test -Test $test -Result 'Skipped' -Because $test.SkipReason
        }
        else {
            Complete-Test -Test $test -Result 'Failed' -ErrorRecord $ErrorRecord -Where $Where
        }
    }
}

function Complete-Test {
    param($Test, [string]$Result, $ErrorRecord, [string]$Because, [string]$Where)

    $duration = [timespan]::Zero
    if ($script:Run.Watch) {
        $duration = $script:Run.Watch.Elapsed
        $script:Run.Watch = $null
    }

    $outcome = [pscustomobject]@{
        PSTypeName   = 'PesterLite.Test'
        Name         = $Test.Name
        ExpandedPath = (@($Test.Parent.Path) + $Test.Name) -join '.'
        Result       = $Result
        Duration     = $duration
        ErrorRecord  = $ErrorRecord
        Because      = $Because
        File         = $Test.File
        Line         = $Test.Line
        Message      = $null
    }
    if ($ErrorRecord) {
        $outcome.Message = Format-Failure -Test $Test -ErrorRecord $ErrorRecord -Where $Where
    }

    $null = $script:Run.Tests.Add($outcome)
    Write-TestLine -Outcome $outcome -Depth $Test.Parent.Path.Count
}

# A broken AfterAll or file fails the run, although no test can be blamed.
function Add-BlockFailure {
    param($Block, $ErrorRecord, [string]$Where)

    $name = (@($Block.Path) -join '.') + " ($Where)"
    $message = Format-Failure -Test $Block -ErrorRecord $ErrorRecord -Where $Where
    $null = $script:Run.FailedContainers.Add([pscustomobject]@{ Name = $name; File = $Block.File; Message = $message })
    Write-ContainerFailure -Name $name -Message $message
}
