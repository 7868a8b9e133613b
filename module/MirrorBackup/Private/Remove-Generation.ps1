# Removes generations of one set. Each result is output when its generation is gone; at the end those the engine did
# not announce.
function Remove-Generation {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'The public function asks.')]
    param($Engine, $Cmdlet, [string]$Method, $Request, [switch]$ContinueOnError)
    $announced = [System.Collections.Generic.HashSet[string]]::new()
    Invoke-EngineRequest $Engine $Cmdlet $Method $Request -ContinueOnError:$ContinueOnError | ForEach-Object -Process {
        $null = $announced.Add($_.Name)
        $_
    }
    foreach ($removal in $Engine.Result.results) {
        if (-not $announced.Contains($removal.name)) { ConvertTo-RemovalResult $removal }
    }
}
