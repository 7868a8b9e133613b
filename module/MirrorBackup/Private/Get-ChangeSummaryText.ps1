# The counts of a comparison in one line.
function Get-ChangeSummaryText {
    param($Summary)
    $difference = if ($Summary.difference) { $Summary.difference } else { 'the source' }
    return ConvertTo-DisplayText ("$($Summary.reference) to ${difference}: $($Summary.added) added, $($Summary.modified) modified, " +
        "$($Summary.metadataChanged) with other metadata, $($Summary.renamed) renamed, $($Summary.removed) removed, " +
        "$($Summary.typeChanged) of another type, $($Summary.unchanged) unchanged.")
}
