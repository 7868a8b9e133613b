# The Node.js that runs the engine: MIRRORBACKUP_NODE decides if it is set, then the one that was packed
# with the module, then the first one on PATH that is new enough, then where its installer for Windows puts it: a service that was started
# before the installation has the old PATH. Asking for the version takes as long as half of the engine's start: with
# -Unchecked the first one that is there is taken, unless its version is known.
function Find-Node {
    param($Cmdlet, [switch]$Unchecked)
    $chosen = [System.Environment]::GetEnvironmentVariable('MIRRORBACKUP_NODE')
    $candidates = if ($chosen) { , $chosen } else { Get-NodeCandidate }
    $tooOld = @()
    foreach ($candidate in $candidates) {
        if ($Unchecked -and -not (Test-NodeVersionKnown $candidate)) { return $candidate }
        $version = Get-NodeVersion $candidate
        if ($null -eq $version) { continue }
        if ($version -ge $script:OldestNode) { return $candidate }
        $tooOld += "$candidate ($version)"
    }
    $installing = Get-NodeInstallHint
    if ($tooOld) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id NodeTooOld -Category NotInstalled `
                    -Message "The engine needs Node.js $($script:OldestNode) or newer, but found only: $($tooOld -join ', ')." `
                    -Hint "$installing, or set the environment variable MIRRORBACKUP_NODE to the path of one."))
    }
    $where = if ($chosen) { "'$chosen', which MIRRORBACKUP_NODE names, cannot be run" } else { 'none is packed with the module, and none on PATH can be run' }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id NodeNotFound -Category NotInstalled `
                -Message "The engine needs Node.js, but $where." `
                -Hint "$installing, or set the environment variable MIRRORBACKUP_NODE to the path of one."))
}

$script:OldestNode = [version]'22.13'

function Get-NodeCandidate {
    $name = if ($script:OnWindows) { 'node.exe' } else { 'node' }
    $folders = @([System.IO.Path]::Combine($script:BundledNodePath, (Get-NodePlatform)))
    $folders += ([string][System.Environment]::GetEnvironmentVariable('PATH')).Split([System.IO.Path]::PathSeparator)
    if ($script:OnWindows) {
        # In a 32-bit process ProgramFiles is the folder of 32-bit programs.
        foreach ($variable in 'ProgramW6432', 'ProgramFiles') {
            $programs = [System.Environment]::GetEnvironmentVariable($variable)
            if ($programs) { $folders += [System.IO.Path]::Combine($programs, 'nodejs') }
        }
    }
    foreach ($folder in $folders) {
        $folder = $folder.Trim('"')
        if (-not $folder -or -not [System.IO.Path]::IsPathRooted($folder)) { continue }
        $path = [System.IO.Path]::Combine($folder, $name)
        if ([System.IO.File]::Exists($path)) { $path }
    }
}

# The name of this platform in packages of Node.js, such as win32-x64. Windows runs a program of PowerShell's own processor
# at any rate; .NET Framework before 4.7.1 cannot tell which one the system has.
function Get-NodePlatform {
    $processor = if ($script:OnWindows) {
        [string][System.Environment]::GetEnvironmentVariable('PROCESSOR_ARCHITEW6432')
        [string][System.Environment]::GetEnvironmentVariable('PROCESSOR_ARCHITECTURE')
    }
    else { [string][System.Runtime.InteropServices.RuntimeInformation]::OSArchitecture }
    $processor = @($processor | Where-Object -FilterScript { $_ })[0]
    $architecture = switch ($processor) {
        'AMD64' { 'x64' }
        'X86' { 'ia32' }
        default { ([string]$processor).ToLowerInvariant() }
    }
    $system = if ($script:OnWindows) { 'win32' } else { 'linux' }
    return "$system-$architecture"
}

function Get-NodeInstallHint {
    $how = if ($script:OnWindows) { 'winget install OpenJS.NodeJS.LTS' } else { 'see https://nodejs.org/en/download' }
    return "Install Node.js $($script:OldestNode) or newer ($how)"
}
