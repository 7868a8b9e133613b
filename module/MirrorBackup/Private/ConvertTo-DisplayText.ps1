# File names may hold line feeds and terminal escape sequences. In a message each such character is written as the
# bytes of its UTF-8 form, in the notation paths already use for bytes that are not text: U+241B and two hex digits.
function ConvertTo-DisplayText {
    param([string]$Text)
    if ($Text -notmatch $script:UnsafeForDisplay) { return $Text }
    $escape = {
        param($match)
        $bytes = [System.Text.Encoding]::UTF8.GetBytes($match.Value)
        -join $(foreach ($byte in $bytes) { [string][char]0x241B + $byte.ToString('X2') })
    }
    return [regex]::Replace($Text, $script:UnsafeForDisplay, $escape)
}

# Control characters, line and paragraph separators, and the marks that reorder bidirectional text.
$script:UnsafeForDisplay = '[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]'
