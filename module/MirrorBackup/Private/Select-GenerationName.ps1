# Names, wildcards and points in time -> names of generations of one set; nothing where all are meant.
function Select-GenerationName {
    param($Engine, $Cmdlet, [string]$SetPath, [string[]]$Name, $Filter, [switch]$ContinueOnError)
    if (-not $Filter.Count) {
        if ($Name) { Expand-GenerationName $Engine $Cmdlet $SetPath $Name -ContinueOnError:$ContinueOnError }
        return
    }
    Invoke-EngineRequest $Engine $Cmdlet 'listGenerations' (@{ setPath = $SetPath } + $Filter) -ContinueOnError:$ContinueOnError
    foreach ($generation in Select-NamedGeneration $Engine.Result.generations $Name) { $generation.name }
}
