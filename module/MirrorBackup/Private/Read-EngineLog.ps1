# Takes what is there of the engine's standard error without waiting for more; read or not, a full pipe would stall it.
function Read-EngineLog {
    param($Engine, $Cmdlet)
    if ($null -eq $Engine.Errors) { $Engine.Errors = $Engine.Process.StandardError.ReadLineAsync() }
    while ($Engine.Errors.IsCompleted) {
        $line = if ($Engine.Errors.IsFaulted) { $null } else { $Engine.Errors.Result }
        if ($null -eq $line) { return }
        $Engine.LastLog.Enqueue($line)
        if ($Engine.LastLog.Count -gt 20) { $null = $Engine.LastLog.Dequeue() }
        $Engine.Errors = $Engine.Process.StandardError.ReadLineAsync()
        if ($Cmdlet) { $Cmdlet.WriteDebug((ConvertTo-DisplayText $line)) }
    }
}
