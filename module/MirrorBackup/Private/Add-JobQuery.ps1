# Collects what -Path, -Name and the pipeline ask for: names -> paths, so that jobs with the same names are read at once. Without
# a path it is the folder of this machine's jobs.
function Add-JobQuery {
    param($Cmdlet, $Queries, $Path, [string[]]$Name)
    $key = @($Name) -join "`n"
    if (-not $Queries.Contains($key)) {
        $Queries[$key] = @{ Names = @($Name | Where-Object -FilterScript { $_ }); Paths = [System.Collections.Generic.List[string]]::new() }
    }
    foreach ($one in $Path) {
        foreach ($file in Resolve-JobPath $Cmdlet $one) {
            if (-not $Queries[$key].Paths.Contains($file)) { $Queries[$key].Paths.Add($file) }
        }
    }
}

# A query -> the parameters of a request.
function Get-JobRequest {
    param($Query)
    $request = [ordered]@{}
    if ($Query.Paths.Count) { $request['paths'] = $Query.Paths.ToArray() }
    if ($Query.Names) { $request['names'] = $Query.Names }
    return $request
}

# A path, with wildcards or without, or an object of Get-Item -> absolute paths. Without wildcards it need not exist: the
# engine says so.
function Resolve-JobPath {
    param($Cmdlet, $Path)
    if (Test-FileSystemItem $Path) { return $Path.FullName }
    $text = [string]$Path
    $hint = 'Give the path of a job file, or of a folder with job files.'
    $literal = Resolve-BackupPath $Cmdlet $text -Hint $hint
    $isThere = [System.IO.File]::Exists($literal) -or [System.IO.Directory]::Exists($literal)
    if ($isThere -or -not [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($text)) { return $literal }
    $provider = $null
    try { $found = @($Cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath($text, [ref]$provider)) }
    catch [System.Management.Automation.ItemNotFoundException] { $found = @() }
    if ($found.Count -eq 0) {
        $Cmdlet.WriteError((New-ModuleError -Id JobFileNotFound -Category ObjectNotFound -Target $text `
                    -Message "No job file or folder matches '$text'." -Hint $hint))
    }
    return $found
}

# Problems of job files -> error records that go on.
function Write-JobProblem {
    param($Cmdlet, $Problem)
    foreach ($one in $Problem) {
        $details = @{ line = $one.line; column = $one.column; job = $one.job; key = $one.key }
        $data = @{ id = $one.id; category = $one.category; path = $one.path; hint = $one.hint; retryable = $false; details = $details }
        $Cmdlet.WriteError((New-EngineErrorRecord -Message $one.message -Data $data))
    }
}
