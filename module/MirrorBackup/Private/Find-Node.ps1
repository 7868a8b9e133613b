# The Node.js that runs the engine: MIRRORBACKUP_NODE decides if it is set, then one in the module's own "node" folder,
# then the first one on PATH that is new enough, then where its installer for Windows puts it: a service that was started
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
    if ($tooOld) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id NodeTooOld -Category NotInstalled `
                    -Message "The engine needs Node.js $($script:OldestNode) or newer, but found only: $($tooOld -join ', ')." `
                    -Hint 'Install a current Node.js, or set the environment variable MIRRORBACKUP_NODE to the path of one.'))
    }
    $where = if ($chosen) { "'$chosen', which MIRRORBACKUP_NODE names, cannot be run" } else { 'there is none in the module folder or on PATH' }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id NodeNotFound -Category NotInstalled `
                -Message "The engine needs Node.js, but $where." `
                -Hint "Install Node.js $($script:OldestNode) or newer, or set the environment variable MIRRORBACKUP_NODE to the path of one."))
}

$script:OldestNode = [version]'22.13'

function Get-NodeCandidate {
    $name = if ($script:OnWindows) { 'node.exe' } else { 'node' }
    $folders = @([System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($PSScriptRoot), 'node'))
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
