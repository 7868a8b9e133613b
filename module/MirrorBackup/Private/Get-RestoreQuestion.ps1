# What -WhatIf says and -Confirm asks.
function Get-RestoreQuestion {
    param($Request)
    $what = @($Request['paths']) + @($Request['literalPaths']) | Where-Object -FilterScript { $_ }
    $what = if ($what) { @($what) -join ', ' } else { 'everything' }
    $from = if ($Request['generation']) { $Request['generation'] } else { 'the newest complete generation' }
    $to = if ($Request['to']) { $Request['to'] } else { 'its original place' }
    $text = ConvertTo-DisplayText "Restore $what of $from to $to"
    return @{ Action = $text; Question = "${text}?" }
}
