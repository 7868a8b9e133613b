# The next message of the engine, or $null at the end of its output. A blocking read would not notice Ctrl+C, so it
# waits in steps of 100 ms; between them what the engine logs on standard error goes to the debug stream.
function Read-EngineMessage {
    param($Engine, $Cmdlet)
    while ($true) {
        $line = Read-EngineLine $Engine $Cmdlet
        if ($null -eq $line) { return $null }
        if ($line.Length -eq 0) { continue }
        $message = try { ConvertFrom-EngineJson $line } catch { $null }
        if ($null -ne $message) {
            if ($message['method'] -cne 'log') { Write-EngineDebug $Cmdlet 'Received' $line }
            return $message
        }
        # Before the handshake it may be no engine at all but a program that is taken for Node.js: see Confirm-Engine.
        if ($null -ne $Engine.Handshake -and -not $Engine.NodeChecked) { return $null }
        if (Test-EngineOutputEnd $Engine) { return $null }
        $shown = ConvertTo-DisplayText $line.Substring(0, [System.Math]::Min(200, $line.Length))
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id EngineOutputInvalid -Category InvalidData `
                    -Message "The engine wrote something that is not a message: $shown" `
                    -Hint 'The operation was stopped; what it had finished is kept. Please report this.'))
    }
}

# Whether the output ends here: the line was cut off, and the engine is the one to blame, not the line.
function Test-EngineOutputEnd {
    param($Engine)
    $Engine.Output = $Engine.Process.StandardOutput.ReadLineAsync()
    try { return $Engine.Output.Wait(500) -and $null -eq $Engine.Output.Result }
    catch [System.IO.IOException], [System.ObjectDisposedException], [System.AggregateException] { return $true }
}

function Read-EngineLine {
    param($Engine, $Cmdlet)
    if ($null -eq $Engine.Output) { $Engine.Output = $Engine.Process.StandardOutput.ReadLineAsync() }
    try { while (-not $Engine.Output.Wait(100)) { Read-EngineLog $Engine $Cmdlet } }
    catch [System.IO.IOException], [System.ObjectDisposedException], [System.AggregateException] { return $null }
    $line = $Engine.Output.Result
    $Engine.Output = $null
    Read-EngineLog $Engine $Cmdlet
    return $line
}
