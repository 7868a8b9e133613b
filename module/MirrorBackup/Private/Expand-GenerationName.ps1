# Names and wildcards -> names, each once, in the order of the set where a wildcard found them. A name without wildcards
# is passed on as it is: the engine decides whether it exists. A wildcard matches finished generations only.
function Expand-GenerationName {
    param($Engine, $Cmdlet, [string]$SetPath, [string[]]$Name, [switch]$ContinueOnError)
    $known = [System.Collections.Generic.HashSet[string]]::new()
    foreach ($one in $Name) {
        if (-not [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($one)) {
            if ($known.Add($one)) { $one }
            continue
        }
        Invoke-EngineRequest $Engine $Cmdlet 'listGenerations' @{ setPath = $SetPath; name = $one } -ContinueOnError:$ContinueOnError
        foreach ($generation in $Engine.Result.generations) {
            if ($known.Add($generation.name)) { $generation.name }
        }
    }
}
