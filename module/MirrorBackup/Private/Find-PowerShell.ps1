# The PowerShell that runs this module, if that runs scripts, else another one. What is -Lasting can be started by services,
# too, and will still be there.
function Find-PowerShell {
    param([string]$Running = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName, [switch]$Lasting)
    # Editors and wsmprovhost.exe, which serves remoting, run no scripts. Packages of the Store lie in the folder WindowsApps,
    # which no service may start programs from.
    $names = @('pwsh', 'powershell') + @(if (-not $Lasting) { 'mbpwsh' })
    $refused = if ($Lasting) { '[\\/]WindowsApps[\\/]' } else { '(?!)' }
    if ([System.IO.Path]::GetFileNameWithoutExtension($Running) -in $names -and $Running -notmatch $refused) { return $Running }
    foreach ($candidate in Get-InstalledPowerShell) {
        if ($candidate -notmatch $refused -and [System.IO.File]::Exists($candidate)) { return $candidate }
    }
    return $Running
}

# Where one may be: that of this edition first.
function Get-InstalledPowerShell {
    $core = if ($script:OnWindows) { 'pwsh.exe' } else { 'pwsh' }
    $own = if ($PSVersionTable.PSEdition -eq 'Core') { $core } else { 'powershell.exe' }
    [System.IO.Path]::Combine($PSHOME, $own)
    foreach ($folder in ([string][System.Environment]::GetEnvironmentVariable('PATH')).Split([System.IO.Path]::PathSeparator)) {
        $folder = $folder.Trim('"')
        if ($folder -and [System.IO.Path]::IsPathRooted($folder)) { [System.IO.Path]::Combine($folder, $core) }
    }
    if ($script:OnWindows) {
        [System.IO.Path]::Combine([System.Environment]::GetFolderPath('ProgramFiles'), 'PowerShell\7\pwsh.exe')
        [System.IO.Path]::Combine([System.Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\powershell.exe')
    }
}
