# What -Source takes -> sources of the protocol. A source is a path; a DirectoryInfo; or an object or hashtable with
# Path and Name, as in the Sources property of a generation.
function Resolve-BackupSource {
    param($Cmdlet, $Source)
    foreach ($one in $Source) {
        $path = $one
        $name = $null
        if (Test-FileSystemItem $one) { $path = $one.FullName }
        elseif ($one -isnot [string]) {
            $path = $one.Path
            $name = $one.Name
        }
        if ([string]::IsNullOrEmpty($path)) {
            $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $one `
                        -Message "A source has no path: $one" `
                        -Hint "Give a path, or @{ Path = '/home/me/docs'; Name = 'docs' }."))
        }
        $resolved = [ordered]@{ path = Resolve-BackupPath $Cmdlet $path }
        if ($name) { $resolved['name'] = [string]$name }
        $resolved
    }
}
