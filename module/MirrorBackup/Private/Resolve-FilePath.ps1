# A path that may hold wildcards -> absolute paths of files. Without wildcards it need not exist: the engine says so.
function Resolve-FilePath {
    param($Cmdlet, [string]$Path)
    if (-not [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($Path)) {
        return Resolve-BackupPath $Cmdlet $Path -Hint 'Give the path of a file.'
    }
    $provider = $null
    try { $found = $Cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath($Path, [ref]$provider) }
    catch [System.Management.Automation.ItemNotFoundException] { return }
    foreach ($one in $found) { if ([System.IO.File]::Exists($one)) { $one } }
}
