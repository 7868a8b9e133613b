# Lists the generations of one set that match, oldest first. The names are matched here: there can be several.
function Read-Generation {
    param($Engine, $Cmdlet, $Query, $Filter, [switch]$Latest, [switch]$ContinueOnError)
    $request = @{ setPath = $Query.SetPath } + $Filter
    Invoke-EngineRequest $Engine $Cmdlet 'listGenerations' $request -ContinueOnError:$ContinueOnError
    if ($null -eq $Engine.Result) { return }
    $found = @(Select-NamedGeneration $Engine.Result.generations $Query.Name)
    if (-not $Filter.Count) { Write-UnknownName $Cmdlet $Query $found }
    if ($Latest -and $found) { $found = @($found[-1]) }
    ConvertTo-Generation $found
}

function Select-NamedGeneration {
    param($Generations, [string[]]$Name)
    if (-not $Name) { return $Generations }
    $patterns = foreach ($one in $Name) { [System.Management.Automation.WildcardPattern]::new($one, 'IgnoreCase') }
    foreach ($generation in $Generations) {
        foreach ($pattern in $patterns) {
            if ($pattern.IsMatch($generation.name)) {
                $generation
                break
            }
        }
    }
}

# As for files: a name that does not exist is an error, a wildcard that matches nothing is not.
function Write-UnknownName {
    param($Cmdlet, $Query, $Found)
    foreach ($name in $Query.Name) {
        if ([System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($name)) { continue }
        if (@($Found).name -contains $name) { continue }
        $Cmdlet.WriteError((New-ModuleError -Id GenerationNotFound -Category ObjectNotFound -Target $Query.SetPath `
                    -Message "The set '$($Query.SetPath)' holds no finished generation named '$name'." `
                    -Hint 'Get-BackupGeneration without -Name lists what it holds.'))
    }
}
