# Turns a notification of the engine into what PowerShell has for it: progress, warning, error, output object, log.
# A kind this version does not know is left alone.
function Receive-EngineNotification {
    param($Engine, $Cmdlet, $Message)
    $parameters = $Message.params
    if ($null -ne $parameters.requestId -and $parameters.requestId -ne $Engine.Pending) { return }
    switch -CaseSensitive ($Message.method) {
        'item' { ConvertTo-ItemChange $parameters.items }
        'removal' { ConvertTo-RemovalResult $parameters.result }
        'progress' { Write-EngineProgress $Engine $Cmdlet $parameters }
        'warning' { $Cmdlet.WriteWarning((Get-EngineWarningText $parameters)) }
        'itemError' { $Cmdlet.WriteError((New-EngineErrorRecord -Message $parameters.error.message -Data $parameters.error)) }
        'log' { Write-EngineLog $Cmdlet $parameters }
    }
}

function Get-EngineWarningText {
    param($Warning)
    $text = [string]$Warning.message
    if ($Warning.path -and $text.IndexOf([string]$Warning.path, [System.StringComparison]::Ordinal) -lt 0) { $text += " Path: $($Warning.path)" }
    if ($Warning.hint) { $text += " $($Warning.hint)" }
    return ConvertTo-DisplayText $text
}

function Write-EngineLog {
    param($Cmdlet, $Log)
    $text = ConvertTo-DisplayText $Log.message
    switch ($Log.level) {
        'debug' { $Cmdlet.WriteDebug($text) }
        'warn' { $Cmdlet.WriteWarning($text) }
        default { $Cmdlet.WriteVerbose($text) }
    }
}
