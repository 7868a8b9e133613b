# One value that Tab offers, quoted as the command line needs it. Quotation marks of typography are quotes for PowerShell,
# too, and a control character can only be written between double quotes.
function New-Completion {
    param([string]$Value, [string]$Label = $Value, [string]$Type = 'ParameterValue', [string]$Tip = $Value)
    $text = $Value
    if ($Value -match '[\p{Cc}]') {
        $escaped = [regex]::Replace($Value, '[`$"\u201C-\u201E]', '`$0')
        $text = '"' + [regex]::Replace($escaped, '\p{Cc}', { param($match) '$([char]' + [int]$match.Value[0] + ')' }) + '"'
    }
    elseif ($Value -notmatch '^[\w./:\\~-][\w./:\\-]*$' -or $Value -match '^-') {
        $text = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Value) + "'"
    }
    $shown = ConvertTo-DisplayText $Label
    return [System.Management.Automation.CompletionResult]::new($text, $(if ($shown) { $shown } else { ' ' }), $Type, (ConvertTo-DisplayText $Tip))
}

# What was typed so far, without quotes and escapes.
function Get-TypedText {
    param([string]$Word)
    return [regex]::Replace($Word.Trim("'", '"'), '`(.)', '$1').Replace("''", "'")
}
