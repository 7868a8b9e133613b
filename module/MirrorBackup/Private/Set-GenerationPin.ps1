# Pins generations, or takes their pins away, set by set; outputs them as they are then.
function Set-GenerationPin {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'It asks through the public function.')]
    param($Cmdlet, $NamesOf, [string]$Method, [string]$Verb, $More = @{})
    $engine = New-EngineSession
    $continue = $NamesOf.Count -gt 1
    try {
        foreach ($set in $NamesOf.Keys) {
            $names = @(Expand-GenerationName $engine $Cmdlet $set $NamesOf[$set] -ContinueOnError:$continue)
            $chosen = @(
                foreach ($one in $names) {
                    $target = ConvertTo-DisplayText ([System.IO.Path]::Combine($set, $one))
                    if ($Cmdlet.ShouldProcess("$Verb the generation $target", "$Verb the generation ${target}?", $Cmdlet.MyInvocation.MyCommand.Name)) { $one }
                }
            )
            if (-not $chosen) { continue }
            Invoke-EngineRequest $engine $Cmdlet $Method (@{ setPath = $set; names = $chosen } + $More) -ContinueOnError:$continue
            if ($null -ne $engine.Result) { ConvertTo-Generation $engine.Result.generations }
        }
    }
    finally {
        Stop-Engine $engine
    }
}
