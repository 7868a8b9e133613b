# A path as the user gave it -> the absolute path of the file system. Wildcard characters are part of the name. Whether the
# file system can have such a path is for the engine to say.
function Resolve-BackupPath {
    param($Cmdlet, [string]$Path, [string]$Hint = 'Give the path of a folder.')
    if ($script:OnWindows -and $Path -match '^\\\\[?.]\\') { return $Path }
    $provider = $null
    $drive = $null
    try {
        $resolved = $Path
        if (-not (Test-RootedPath $Path)) {
            $resolved = $Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path, [ref]$provider, [ref]$drive)
        }
        if ($null -eq $provider -or $provider.Name -eq 'FileSystem') { return Get-FullPath $resolved }
        $problem = "it belongs to the provider $($provider.Name), not to a file system"
    }
    catch { $problem = $_.Exception.Message.TrimEnd('.') }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $Path `
                -Message "The path '$Path' cannot be used: $problem." -Hint $Hint))
}

$script:OnWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\'

# Paths that PowerShell must not resolve: an absolute path on Linux, where it would read "\" in a name as a separator, and
# a UNC path on Windows, which it takes for a part of the current location if that is the registry.
function Test-RootedPath {
    param([string]$Path)
    if ($script:OnWindows) { return $Path -match '^[\\/]{2}' }
    return $Path.StartsWith('/')
}

# .NET Framework knows no paths beyond 260 characters and none with characters that names on Windows cannot have: these go
# to the engine as they are, which takes the first and explains the second.
function Get-FullPath {
    param([string]$Path)
    try { return Remove-TrailingSeparator ([System.IO.Path]::GetFullPath($Path)) }
    catch [System.IO.PathTooLongException], [System.ArgumentException], [System.NotSupportedException] { return $Path }
}

function Remove-TrailingSeparator {
    param([string]$Path)
    $root = [System.IO.Path]::GetPathRoot($Path)
    if ($Path.Length -le $root.Length) { return $Path }
    return $Path.TrimEnd([System.IO.Path]::DirectorySeparatorChar)
}
