# The version a Node.js reports, or $null if it cannot be run. Asked once per file and session.
function Get-NodeVersion {
    param([string]$Path)
    $key = Get-NodeKey $Path
    if (-not $script:NodeVersions.ContainsKey($key)) { $script:NodeVersions[$key] = Read-NodeVersion $Path }
    return $script:NodeVersions[$key]
}

function Test-NodeVersionKnown {
    param([string]$Path)
    return $script:NodeVersions.Count -gt 0 -and $script:NodeVersions.ContainsKey((Get-NodeKey $Path))
}

function Get-NodeKey {
    param([string]$Path)
    return "$Path|$([System.IO.File]::GetLastWriteTimeUtc($Path).Ticks)"
}

$script:NodeVersions = @{}

function Read-NodeVersion {
    param([string]$Path)
    $process = [System.Diagnostics.Process]::new()
    $process.StartInfo.FileName = $Path
    $process.StartInfo.Arguments = '--version'
    $process.StartInfo.UseShellExecute = $false
    $process.StartInfo.CreateNoWindow = $true
    $process.StartInfo.RedirectStandardInput = $true
    $process.StartInfo.RedirectStandardOutput = $true
    $started = $false
    try {
        $started = $process.Start()
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadLineAsync()
        if ($output.Wait(10000) -and $output.Result -match '^v(\d+\.\d+\.\d+)') { return [version]$Matches[1] }
        return $null
    }
    catch [System.ComponentModel.Win32Exception], [System.IO.IOException], [System.InvalidOperationException] {
        return $null
    }
    finally {
        if ($started -and -not $process.WaitForExit(1000)) { $process.Kill() }
        $process.Dispose()
    }
}
