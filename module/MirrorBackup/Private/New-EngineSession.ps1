# The state of one engine process. It exists before the process does, so that a finally block can always stop what
# was started, wherever the pipeline was stopped.
function New-EngineSession {
    return @{
        Process     = $null # System.Diagnostics.Process
        Method      = $null # the first method that will be called
        NodeChecked = $false # the Node.js was asked for its version
        Output      = $null # the pending read of standard output
        Errors      = $null # the pending read of standard error
        LastLog     = [System.Collections.Generic.Queue[string]]::new() # the end of standard error, for messages
        Handshake   = $null # id of "initialize" until it is answered
        Held        = [System.Collections.Generic.Queue[object]]::new() # messages that came before that answer
        LastId      = 0 # id of the newest request
        Pending     = $null # id of the request that waits for its response
        Activity    = 'MirrorBackup' # heading of the progress bar
        Progress    = $null # the cmdlet that shows a progress bar
        Result      = $null # result of the last request; $null if it failed
    }
}
