# Turns a notification of the engine into what PowerShell has for it: progress, warning, error, output object, log.
# A kind this version does not know is left alone.
function Receive-EngineNotification {
    param($Engine, $Cmdlet, $Message)
    $parameters = $Message.params
    if ($null -ne $parameters.requestId -and $parameters.requestId -ne $Engine.Pending) { return }
    # Not in the switch: a "break" of a later command in the pipeline would end the switch instead of the pipeline.
    if ($Message.method -ceq 'item') { return ConvertTo-ItemChange $parameters.items }
    if ($Message.method -ceq 'removal') { return ConvertTo-RemovalResult $parameters.result }
    if ($Message.method -ceq 'itemVersion') { return ConvertTo-ItemVersion $parameters.versions }
    if ($Message.method -ceq 'restored') { return ConvertTo-RestoredItem $parameters.items }
    if ($Message.method -ceq 'damage') { return ConvertTo-Damage $parameters.items }
    if ($Message.method -ceq 'hardLink') { return ConvertTo-HardLink $parameters.link }
    switch -CaseSensitive ($Message.method) {
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
