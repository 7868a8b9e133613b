# Starts the engine and tells it which version of the protocol is spoken. What it answers is read by Confirm-Engine, so
# that there is time for other things while it starts. The method is the one that will be called: what it needs is
# loaded meanwhile, too.
function Start-Engine {
    param($Engine, $Cmdlet, [string]$Method)
    $Engine.Method = $Method
    if (-not [System.IO.File]::Exists($script:EnginePath)) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id EngineNotFound -Category NotInstalled -Target $script:EnginePath `
                    -Message "The engine '$($script:EnginePath)' is missing." `
                    -Hint 'Install the module again; in a source tree run "npm run build".'))
    }
    $node = Find-Node $Cmdlet -Unchecked:(-not $Engine.NodeChecked)
    $Cmdlet.WriteDebug("Starting '$node' '$($script:EnginePath)'.")
    $Engine.Process = New-EngineProcess $node
    try { Start-WithoutPreamble $Engine.Process }
    catch [System.ComponentModel.Win32Exception] {
        $Engine.Process = $null
        if (-not $Engine.NodeChecked) { return Restart-Engine $Engine $Cmdlet }
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id NodeNotFound -Category NotInstalled -Target $node `
                    -Message "Node.js '$node' cannot be run: $($_.Exception.InnerException.Message)" `
                    -Hint 'Install Node.js, or set the environment variable MIRRORBACKUP_NODE to the path of one.'))
    }
    $Engine.Handshake = ++$Engine.LastId
    Send-EngineLine $Engine ('{{"jsonrpc":"2.0","id":{0},"method":"initialize","params":{{"client":{{"name":"MirrorBackup","version":"{1}"}},"protocolVersion":{2},"prepare":"{3}"}}}}' -f
        $Engine.Handshake, $ExecutionContext.SessionState.Module.Version, $script:ProtocolVersion, $Method)
    # It has to load, too: while the engine starts it costs no time.
    $null = ConvertFrom-EngineJson '{"result":{"list":[{}]}}'
}

# Again, on a Node.js that was asked for its version: the first one that was there did not do.
function Restart-Engine {
    param($Engine, $Cmdlet)
    Stop-Engine $Engine -GraceMilliseconds 500
    $Engine.Output = $null
    $Engine.Errors = $null
    $Engine.LastLog.Clear()
    $Engine.Held.Clear()
    $Engine.NodeChecked = $true
    Start-Engine $Engine $Cmdlet $Engine.Method
}

function New-EngineProcess {
    param([string]$Node)
    $utf8 = [System.Text.UTF8Encoding]::new($false)
    $process = [System.Diagnostics.Process]::new()
    $start = $process.StartInfo
    $start.FileName = $Node
    $start.Arguments = Join-ProcessArgument $script:EnginePath
    $start.WorkingDirectory = [System.IO.Path]::GetDirectoryName($script:EnginePath)
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = $utf8
    $start.StandardErrorEncoding = $utf8
    return $process
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

$script:ProtocolVersion = 1
