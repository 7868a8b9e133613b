# A path that may hold wildcards -> absolute paths of job files and folders. Without wildcards it need not exist: the engine
# says so.
function Resolve-JobFile {
    param($Cmdlet, [string]$Path)
    if (-not [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($Path)) {
        return Resolve-BackupPath $Cmdlet $Path -Hint 'Give the path of a job file.'
    }
    $provider = $null
    try { return @($Cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath($Path, [ref]$provider)) }
    catch [System.Management.Automation.ItemNotFoundException] { return }
}
