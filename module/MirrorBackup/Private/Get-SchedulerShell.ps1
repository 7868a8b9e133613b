# What a schedule starts: a PowerShell that is still there when the schedule is due, and its first arguments. That is the one
# that runs this module, if it is one that services can start.
function Get-SchedulerShell {
    $path = Get-LastingShell ([System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName)
    $arguments = @('-NoLogo', '-NoProfile', '-NonInteractive')
    # A machine that runs no scripts would never run the job, and nobody would be there to see it. Only this process is
    # meant, and a policy of the domain still comes first.
    if ($script:OnWindows) { $arguments += '-ExecutionPolicy', 'Bypass' }
    return @{ path = $path; arguments = $arguments }
}

function Get-LastingShell {
    param([string]$Running)
    $core = if ($script:OnWindows) { 'pwsh.exe' } else { 'pwsh' }
    # Editors and wsmprovhost.exe, which serves remoting, run no scripts. Packages of the Store lie in the folder WindowsApps,
    # which no service may start programs from.
    if ([System.IO.Path]::GetFileNameWithoutExtension($Running) -in 'pwsh', 'powershell' -and $Running -notmatch '[\\/]WindowsApps[\\/]') { return $Running }
    $own = if ($PSVersionTable.PSEdition -eq 'Core') { $core } else { 'powershell.exe' }
    $candidates = @([System.IO.Path]::Combine($PSHOME, $own))
    $candidates += foreach ($folder in ([string][System.Environment]::GetEnvironmentVariable('PATH')).Split([System.IO.Path]::PathSeparator)) {
        $folder = $folder.Trim('"')
        if ($folder -and [System.IO.Path]::IsPathRooted($folder)) { [System.IO.Path]::Combine($folder, $core) }
    }
    if ($script:OnWindows) {
        $candidates += [System.IO.Path]::Combine([System.Environment]::GetFolderPath('ProgramFiles'), 'PowerShell\7\pwsh.exe')
        $candidates += [System.IO.Path]::Combine([System.Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\powershell.exe')
    }
    foreach ($candidate in $candidates) {
        if ($candidate -notmatch '[\\/]WindowsApps[\\/]' -and [System.IO.File]::Exists($candidate)) { return $candidate }
    }
    return $Running
}
