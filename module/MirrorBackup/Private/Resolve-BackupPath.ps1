# A path as the user gave it -> the absolute path of the file system. Wildcard characters are part of the name.
# What is absolute on Linux is not given to PowerShell: it would read "\" in a name as a separator.
function Resolve-BackupPath {
    param($Cmdlet, [string]$Path)
    if ($Path -match '^\\\\[?.]\\') { return $Path }
    $provider = $null
    $drive = $null
    try {
        $resolved = if ($Path.StartsWith('/') -and [System.IO.Path]::DirectorySeparatorChar -eq '/') { $Path }
        else { $Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path, [ref]$provider, [ref]$drive) }
        if ($null -eq $provider -or $provider.Name -eq 'FileSystem') {
            return Remove-TrailingSeparator ([System.IO.Path]::GetFullPath($resolved))
        }
        $problem = "it belongs to the provider $($provider.Name), not to a file system"
    }
    catch { $problem = $_.Exception.Message }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $Path `
                -Message "The path '$Path' cannot be used: $problem" -Hint 'Give the path of a folder.'))
}

function Remove-TrailingSeparator {
    param([string]$Path)
    $root = [System.IO.Path]::GetPathRoot($Path)
    if ($Path.Length -le $root.Length) { return $Path }
    return $Path.TrimEnd([System.IO.Path]::DirectorySeparatorChar)
}
