# Starts the engine and agrees on the version of the protocol.
function Start-Engine {
    param($Engine, $Cmdlet)
    if (-not [System.IO.File]::Exists($script:EnginePath)) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id EngineNotFound -Category NotInstalled -Target $script:EnginePath `
                    -Message "The engine '$($script:EnginePath)' is missing." `
                    -Hint 'Install the module again; in a source tree run "npm run build".'))
    }
    $node = Find-Node $Cmdlet
    $Cmdlet.WriteDebug("Starting '$node' '$($script:EnginePath)'.")
    $utf8 = [System.Text.UTF8Encoding]::new($false)
    $process = [System.Diagnostics.Process]::new()
    $process.StartInfo.FileName = $node
    $process.StartInfo.Arguments = Join-ProcessArgument $script:EnginePath
    $process.StartInfo.WorkingDirectory = [System.IO.Path]::GetDirectoryName($script:EnginePath)
    $process.StartInfo.UseShellExecute = $false
    $process.StartInfo.CreateNoWindow = $true
    $process.StartInfo.RedirectStandardInput = $true
    $process.StartInfo.RedirectStandardOutput = $true
    $process.StartInfo.RedirectStandardError = $true
    $process.StartInfo.StandardOutputEncoding = $utf8
    $process.StartInfo.StandardErrorEncoding = $utf8
    $Engine.Process = $process
    try { Start-WithoutPreamble $process }
    catch [System.ComponentModel.Win32Exception] {
        $Engine.Process = $null
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id NodeNotFound -Category NotInstalled -Target $node `
                    -Message "Node.js '$node' cannot be run: $($_.Exception.InnerException.Message)" `
                    -Hint 'Install Node.js, or set the environment variable MIRRORBACKUP_NODE to the path of one.'))
    }
    Initialize-Engine $Engine $Cmdlet
}

# .NET Framework gives standard input the encoding of the console, and where that is UTF-8 writes a byte order mark to
# it as soon as the process starts.
function Start-WithoutPreamble {
    param($Process)
    $console = $null
    if ($PSVersionTable.PSEdition -ne 'Core') {
        try {
            if ([System.Console]::InputEncoding.GetPreamble().Length) {
                $console = [System.Console]::InputEncoding
                [System.Console]::InputEncoding = [System.Text.UTF8Encoding]::new($false)
            }
        }
        catch [System.IO.IOException] { $console = $null } # there is no console
    }
    try { $null = $Process.Start() }
    finally { if ($console) { [System.Console]::InputEncoding = $console } }
}

# The version is checked before anything is asked for: another version may understand the request differently.
function Initialize-Engine {
    param($Engine, $Cmdlet)
    Invoke-EngineRequest $Engine $Cmdlet 'initialize' @{
        client          = @{ name = 'MirrorBackup'; version = [string]$ExecutionContext.SessionState.Module.Version }
        protocolVersion = $script:ProtocolVersion
    }
    $answer = $Engine.Result
    if ($answer.protocolVersion -ne $script:ProtocolVersion) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id ProtocolVersionNotSupported -Category InvalidOperation -Target $script:EnginePath `
                    -Message "The engine speaks version $($answer.protocolVersion) of the protocol, this module version $($script:ProtocolVersion)." `
                    -Hint 'Module and engine come from different releases: install the module again.'))
    }
    $Cmdlet.WriteDebug("Engine $($answer.engine.version) on Node.js $($answer.node), process $($answer.pid).")
}

$script:ProtocolVersion = 1
