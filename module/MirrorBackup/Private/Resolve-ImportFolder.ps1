# What -Path takes -> absolute paths of folders: paths, folders from Get-Item, and wildcards unless a folder has that name.
function Resolve-ImportFolder {
    param($Cmdlet, $Path)
    foreach ($one in $Path) {
        if (Test-FileSystemItem $one) { $one.FullName; continue }
        $text = [string]$one
        if ([System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($text)) {
            $literal = Resolve-BackupPath $Cmdlet $text
            if (-not [System.IO.Directory]::Exists($literal)) {
                $provider = $null
                $found = @(try { $Cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath($text, [ref]$provider) } catch [System.Management.Automation.ItemNotFoundException] { $null })
                $folders = @($found | Where-Object -FilterScript { $_ -and [System.IO.Directory]::Exists($_) })
                if ($folders.Count) { $folders; continue }
            }
        }
        Resolve-BackupPath $Cmdlet $text
    }
}

# -SourceMap -> for each folder in a tree, what it is a backup of.
function Resolve-SourceMap {
    param($Cmdlet, [System.Collections.IDictionary]$Map)
    foreach ($folder in $Map.Keys) {
        $source = Resolve-BackupSource $Cmdlet (, $Map[$folder])
        [pscustomobject]@{ Folder = ([string]$folder).Trim('/', '\'); Path = $source['path']; Name = $source['name'] }
    }
}
