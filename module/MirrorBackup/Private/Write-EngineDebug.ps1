# Shows the beginning of a message in the debug stream. What is named like a secret is not shown, should there ever be one.
function Write-EngineDebug {
    param($Cmdlet, [string]$Direction, [string]$Line)
    if ($DebugPreference -eq 'SilentlyContinue' -or $DebugPreference -eq 'Ignore') { return }
    $shown = [regex]::Replace($Line.Substring(0, [System.Math]::Min(4000, $Line.Length)), $script:SecretInJson, '$1"***"')
    if ($shown.Length -gt 300) { $shown = $shown.Substring(0, 300) + [char]0x2026 }
    $Cmdlet.WriteDebug((ConvertTo-DisplayText "${Direction}: $shown"))
}

$script:SecretInJson = '(?i)("[^"]*(?:password|passphrase|secret|token|credential)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\]]+)'
