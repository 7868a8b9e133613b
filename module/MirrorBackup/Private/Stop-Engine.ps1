# Ends the engine process: from a finally block, so also after Ctrl+C and when the pipeline was stopped by a later
# command. What still runs is cancelled; the engine then has five seconds to clean up.
function Stop-Engine {
    param($Engine, [int]$GraceMilliseconds = 5000)
    Complete-EngineProgress $Engine
    $process = $Engine.Process
    if ($null -eq $process) { return }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        if ($null -ne $Engine.Pending) {
            Send-EngineLine $Engine ('{{"jsonrpc":"2.0","method":"$/cancelRequest","params":{{"id":{0}}}}}' -f $Engine.Pending) -TimeoutMilliseconds 1000
        }
        Close-EngineInput $process
        # Its output must still be read: an engine that waits for a full pipe cannot exit.
        while (-not $process.HasExited -and $clock.ElapsedMilliseconds -lt $GraceMilliseconds) { Skip-EngineOutput $Engine }
        if (-not $process.HasExited) {
            Stop-ProcessTree $process
            $null = $process.WaitForExit(2000)
        }
    }
    catch [System.InvalidOperationException], [System.ComponentModel.Win32Exception] {
        return # never started, or gone between two of these lines
    }
    finally {
        $Engine.Process = $null
        $Engine.Pending = $null
        $process.Dispose()
    }
}

# An engine on an old Node.js runs on a newer one below it. .NET Framework can end only a single process.
function Stop-ProcessTree {
    param($Process)
    if ($PSVersionTable.PSEdition -eq 'Core') { return $Process.Kill($true) }
    $start = [System.Diagnostics.ProcessStartInfo]::new("$([System.Environment]::SystemDirectory)\taskkill.exe", "/PID $($Process.Id) /T /F")
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $taskkill = [System.Diagnostics.Process]::Start($start)
    $null = $taskkill.WaitForExit(2000)
    $taskkill.Dispose()
    if (-not $Process.HasExited) { $Process.Kill() }
}

function Close-EngineInput {
    param($Process)
    try { $Process.StandardInput.Close() }
    catch [System.IO.IOException] { return } # the engine is gone already
}

# Reads and forgets for up to 50 ms.
function Skip-EngineOutput {
    param($Engine)
    try {
        if ($null -eq $Engine.Output) { $Engine.Output = $Engine.Process.StandardOutput.ReadLineAsync() }
        Read-EngineLog $Engine $null
        if (-not $Engine.Output.Wait(50)) { return }
        if ($null -eq $Engine.Output.Result) { $null = $Engine.Process.WaitForExit(50) }
        else { $Engine.Output = $null }
    }
    catch [System.IO.IOException], [System.AggregateException], [System.ObjectDisposedException] {
        $null = $Engine.Process.WaitForExit(50)
    }
}
