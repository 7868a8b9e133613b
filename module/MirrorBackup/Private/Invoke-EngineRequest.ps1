# Sends one request and stays until its response. Objects that arrive meanwhile are output at once; the result is left
# in $Engine.Result. An error ends the cmdlet, or with -ContinueOnError is written and leaves the result $null.
# With -Until it stays only until that notification, whose parameters are the result: the request goes on until
# Stop-Engine cancels it.
function Invoke-EngineRequest {
    param($Engine, $Cmdlet, [string]$Method, $Parameters, [switch]$ContinueOnError, [string]$Until)
    if ($null -eq $Engine.Process) { Start-Engine $Engine $Cmdlet $Method }
    # Another version of the protocol may understand a request differently. One that only reads may do so: it is sent
    # while the engine starts, and nothing of what it brings is output before the version is known.
    $early = $null -ne $Engine.Handshake -and $script:ReadOnlyMethods -ccontains $Method
    while ($null -ne $Engine.Handshake -and -not $early) { $null = Confirm-Engine $Engine $Cmdlet }
    $id = ++$Engine.LastId
    $Engine.Result = $null
    $Engine.Pending = $id
    $request = ConvertTo-EngineJson ([ordered]@{ jsonrpc = '2.0'; id = $id; method = $Method; params = $Parameters })
    Write-EngineDebug $Cmdlet 'Sent' $request
    Send-EngineLine $Engine $request
    if ($early -and -not (Confirm-Engine $Engine $Cmdlet)) {
        # It is another engine, which has not got the request.
        $null = Confirm-Engine $Engine $Cmdlet
        $Engine.Pending = $id
        Send-EngineLine $Engine $request
    }
    while ($true) {
        $message = if ($Engine.Held.Count) { $Engine.Held.Dequeue() } else { Read-EngineMessage $Engine $Cmdlet }
        if ($null -eq $message) {
            $Cmdlet.ThrowTerminatingError((New-EngineStoppedError $Engine))
        }
        if ($message['method']) {
            Receive-EngineNotification $Engine $Cmdlet $message
            if (-not $Until -or $message['method'] -cne $Until -or $message.params.requestId -ne $id) { continue }
            Complete-EngineProgress $Engine
            $Engine.Result = $message.params
            return
        }
        # An answer without an id says that the engine could not read what was sent.
        if ($null -ne $message['id'] -and $message['id'] -ne $id) { continue }
        $Engine.Pending = $null
        Complete-EngineProgress $Engine
        if ($null -eq $message['error']) {
            $Engine.Result = $message['result']
            return
        }
        $record = New-EngineErrorRecord -Message $message.error.message -Data $message.error.data
        if (-not $ContinueOnError) { $Cmdlet.ThrowTerminatingError($record) }
        $Cmdlet.WriteError($record)
        return
    }
    # Only a "break" of a later command in the pipeline leads here. It is passed on, and the request is cancelled.
    break
}

$script:ReadOnlyMethods = 'describeSchedules', 'listGenerations', 'compareGenerations', 'findItems', 'measureGenerations', 'getHardLinks', 'getShadowCopies', 'readJobs', 'testJobs'

# Ctrl+C at a terminal reaches the engine too: its output then ends as if all were well. Only a response means success.
function New-EngineStoppedError {
    param($Engine)
    $Engine.Pending = $null
    $null = $Engine.Process.WaitForExit(1000)
    Read-EngineLog $Engine $null
    $message = 'The engine stopped before it had finished'
    if ($Engine.Process.HasExited) { $message += " (exit code $($Engine.Process.ExitCode))" }
    if ($Engine.LastLog.Count) { $message += ". It said last: $($Engine.LastLog.ToArray() -join ' | ')" }
    return New-ModuleError -Id EngineStopped -Category ConnectionError -Message "$message." `
        -Hint 'The operation is not complete. Run it again: it continues with what is there. With $DebugPreference = ''Continue'' the log of the engine is shown.'
}
