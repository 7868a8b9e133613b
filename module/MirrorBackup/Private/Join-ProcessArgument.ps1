# One command line from several arguments, quoted as Windows programs and .NET on Linux parse it back.
# ProcessStartInfo.ArgumentList would do this, but .NET Framework does not have it.
function Join-ProcessArgument {
    param([string[]]$Argument)
    $quoted = foreach ($one in $Argument) {
        if ($one -and $one -notmatch '[\s"]') { $one }
        else { '"' + ($one -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') + '"' }
    }
    return $quoted -join ' '
}
