# Writes one message, in JSON, to the engine's standard input. Waits in short steps, so that a pipeline can be stopped while the
# pipe is full. That the engine is gone shows when its output is read; here it is no error.
# The bytes go past the StreamWriter: .NET Framework cannot set its encoding.
function Send-EngineLine {
    param($Engine, [string]$Line, [int]$TimeoutMilliseconds = -1)
    $bytes = [System.Text.Encoding]::ASCII.GetBytes($Line + "`n")
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        $stream = $Engine.Process.StandardInput.BaseStream
        $written = $stream.WriteAsync($bytes, 0, $bytes.Length)
        while (-not $written.Wait(100)) {
            if ($TimeoutMilliseconds -ge 0 -and $clock.ElapsedMilliseconds -gt $TimeoutMilliseconds) { return }
        }
        $stream.Flush()
    }
    catch [System.IO.IOException], [System.ObjectDisposedException], [System.AggregateException], [System.InvalidOperationException] {
        return
    }
}
