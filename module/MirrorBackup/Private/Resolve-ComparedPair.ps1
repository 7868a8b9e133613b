# Fills in what Compare-BackupGeneration was not told: the newest generation, and the one before it.
# Returns the two names; the second is $null for a comparison with the live source. Nothing, if there is no such pair.
function Resolve-ComparedPair {
    param($Engine, $Cmdlet, $Comparison, [bool]$ContinueOnError)
    $reference = $Comparison.Reference
    $difference = $Comparison.Difference
    $live = $null -ne $Comparison.Sources
    if ($reference -and ($difference -or $live)) { return @{ Reference = $reference; Difference = $difference } }

    Invoke-EngineRequest $Engine $Cmdlet 'listGenerations' @{ setPath = $Comparison.SetPath } -ContinueOnError:$ContinueOnError
    if ($null -eq $Engine.Result) { return }
    $names = @(foreach ($generation in $Engine.Result.generations) { $generation.name })
    $problem = $null
    if ($live) {
        if ($names) { $reference = $names[-1] }
        else { $problem = 'The set holds no finished generation.' }
    }
    else {
        if (-not $difference -and $names) { $difference = $names[-1] }
        if (-not $reference) {
            $earlier = @(foreach ($name in $names) { if ([string]::CompareOrdinal($name, $difference) -lt 0) { $name } })
            if ($earlier) { $reference = $earlier[-1] }
            else { $problem = if ($difference) { "The set holds no finished generation before '$difference'." } else { 'The set holds no finished generation.' } }
        }
    }
    if (-not $problem) { return @{ Reference = $reference; Difference = $difference } }

    $record = New-ModuleError -Id GenerationNotFound -Category ObjectNotFound -Target $Comparison.SetPath `
        -Message "There is nothing to compare in '$($Comparison.SetPath)'. $problem" `
        -Hint 'Get-BackupGeneration lists what the set holds; name two of them with -Reference and -Difference.'
    if (-not $ContinueOnError) { $Cmdlet.ThrowTerminatingError($record) }
    $Cmdlet.WriteError($record)
}
