# What runs hooks that are scripts: the PowerShell that runs this module.
function Get-HookShell {
    $path = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    # Hosts such as wsmprovhost.exe, which serves remoting, or an editor run no scripts.
    if ([System.IO.Path]::GetFileNameWithoutExtension($path) -notin 'pwsh', 'powershell', 'mbpwsh') {
        $name = if ($PSVersionTable.PSEdition -ne 'Core') { 'powershell.exe' } elseif ($script:OnWindows) { 'pwsh.exe' } else { 'pwsh' }
        $own = [System.IO.Path]::Combine($PSHOME, $name)
        if ([System.IO.File]::Exists($own)) { $path = $own }
    }
    return @{ path = $path; arguments = @('-NoLogo', '-NoProfile', '-NonInteractive', '-File') }
}
