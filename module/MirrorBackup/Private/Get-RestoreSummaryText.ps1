# The counts of a restore, for the verbose stream.
function Get-RestoreSummaryText {
    param($Summary)
    $text = "Restored from $($Summary.generation): $($Summary.created) created, $($Summary.overwritten) overwritten, " +
    "$($Summary.skipped) skipped, $($Summary.keptBoth) kept both, $($Summary.merged) folders merged, $($Summary.failed) failed; " +
    "$($Summary.files) files, $(Format-ByteSize $Summary.bytes)."
    if ($Summary.conflicts) { $text += " $($Summary.conflicts) would be in conflict with what exists." }
    return ConvertTo-DisplayText $text
}
