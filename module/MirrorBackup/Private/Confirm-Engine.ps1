# Waits until the engine has said that it speaks this version of the protocol; what comes before that is kept for later.
# Returns $false if it had to be started again, on another Node.js: what was sent before is lost then.
function Confirm-Engine {
    param($Engine, $Cmdlet)
    while ($true) {
        $message = Read-EngineMessage $Engine $Cmdlet
        if (-not $Engine.NodeChecked -and ($null -eq $message -or (Test-NodeTooOld $message))) {
            Restart-Engine $Engine $Cmdlet
            return $false
        }
        if ($null -eq $message) { $Cmdlet.ThrowTerminatingError((New-EngineStoppedError $Engine)) }
        if ($message['method'] -or ($null -ne $message['id'] -and $message['id'] -ne $Engine.Handshake)) {
            $Engine.Held.Enqueue($message)
            continue
        }
        $Engine.Handshake = $null
        if ($null -ne $message['error']) {
            $Cmdlet.ThrowTerminatingError((New-EngineErrorRecord -Message $message.error.message -Data $message.error.data))
        }
        Assert-ProtocolVersion $Cmdlet $message['result']
        return $true
    }
}

# The engine itself says so, if it can be read that far.
function Test-NodeTooOld {
    param($Message)
    return $null -ne $Message['error'] -and $Message.error.data.id -eq 'NodeTooOld'
}

function Assert-ProtocolVersion {
    param($Cmdlet, $Answer)
    if ($Answer['protocolVersion'] -ne $script:ProtocolVersion) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id ProtocolVersionNotSupported -Category NotImplemented -Target $script:EnginePath `
                    -Message "The engine speaks version $($Answer.protocolVersion) of the protocol, this module version $($script:ProtocolVersion)." `
                    -Hint 'Module and engine come from different releases: install the module again.'))
    }
    $Cmdlet.WriteDebug("Engine $($Answer['engine']['version']) on Node.js $($Answer['node']), process $($Answer['pid']).")
}
