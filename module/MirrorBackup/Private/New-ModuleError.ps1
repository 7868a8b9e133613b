# An error the module finds itself, in the same shape as one of the engine.
function New-ModuleError {
    param([string]$Id, [string]$Category, [string]$Message, [string]$Hint, $Target)
    return New-EngineErrorRecord -Message $Message -Data @{
        id        = $Id
        category  = $Category
        path      = $Target
        hint      = $Hint
        retryable = $false
    }
}
