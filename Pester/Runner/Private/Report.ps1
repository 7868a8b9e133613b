# What people see while tests run.

function Write-BlockHeader {
    param($Block)

    if ($script:Run.Output -eq 'Detailed' -and $Block.Name) {
        $Block.Name = Expand-BlockName -Block $Block
        Write-Host ('{0}{1} {2}' -f (' ' * ($Block.Path.Count - 1)), @{ Describe = 'Describing'; Context = 'Context' }[$Block.Kind], $Block.Name) -ForegroundColor Green
    }
}

function Expand-BlockName {
    param($Block)

    Enter-Scope $Block.Variables {
        . $script:Run.Scope.SetVariables $Block.Variables
        $name = Expand-TestName -Name $Block.Name
        $Block.Path[-1] = $name
        $name
    }
}

function Write-TestLine {
    param($Outcome, [int]$Depth)

    if ($script:Run.Output -eq 'None' -or ($script:Run.Output -eq 'Normal' -and $Outcome.Result -ne 'Failed')) {
        return
    }

    $indent = ' ' * [Math]::Max($Depth, 1)
    $name = $Outcome.Name
    if ($script:Run.Output -eq 'Normal') {
        $name = $Outcome.ExpandedPath
    }

    $time = '{0}ms' -f [int]$Outcome.Duration.TotalMilliseconds
    switch ($Outcome.Result) {
        'Passed' { Write-Host "$indent[+] $name $time" -ForegroundColor DarkGreen }
        'Skipped' {
            $because = ''
            if ($Outcome.Because) { $because = ", because $($Outcome.Because)" }
            Write-Host "$indent[!] $name is skipped$because" -ForegroundColor Yellow
        }
        'Failed' {
            Write-Host "$indent[-] $name $time" -ForegroundColor Red
            foreach ($line in $Outcome.Message -split "`r?`n") {
                Write-Host "$indent    $line" -ForegroundColor Red
            }
        }
    }
}

function Write-ContainerFailure {
    param([string]$Name, [string]$Message)

    if ($script:Run.Output -ne 'None') {
        Write-Host "[-] $Name" -ForegroundColor Red
        foreach ($line in $Message -split "`r?`n") {
            Write-Host "    $line" -ForegroundColor Red
        }
    }
}

# The message and the line of the test file it comes from.
function Format-Failure {
    param($Test, $ErrorRecord, [string]$Where)

    $message = [string]$ErrorRecord
    if ($ErrorRecord.FullyQualifiedErrorId -notlike 'PesterAssertionFailed*') {
        $message = '{0}: {1}' -f $ErrorRecord.Exception.GetType().Name, $message
    }

    if ($Where) {
        $message = "$Where failed: $message"
    }

    $trace = @([string]$ErrorRecord.ScriptStackTrace -split "`r?`n")
    $frames = @($trace | Where-Object { $_ -notlike '*PesterLite*' -and $_ -notlike "*$($script:Run.Root)*" -and $_ -notlike '*<No file>*' -and $_ -match ': line \d+$' })
    $inTest = @($frames | Where-Object { $_ -like "*$($Test.File)*" } | Select-Object -First 1)
    $place = "$($Test.File):$($Test.Line)"
    if ($inTest.Count -gt 0 -and $inTest[0] -match ': line (\d+)$') {
        $place = "$($Test.File):$($Matches[1])"
    }

    $lines = @($message, "at $place")
    # An unexpected error inside the code under test needs its own place too.
    if ($frames.Count -gt 0 -and $frames[0] -notlike "*$($Test.File)*") {
        $lines += "raised $($frames[0])"
    }

    $lines -join "`n"
}
