# What -Reference and -Difference take, a name or a generation object -> set and name.
# A deserialized generation is as good as a live one.
function Resolve-GenerationReference {
    param($Cmdlet, $Value, [string]$Parameter)
    if ($null -eq $Value) { return @{ SetPath = $null; Name = $null } }
    if ($Value -is [string]) { return @{ SetPath = $null; Name = $Value } }
    if ($Value.SetPath -and $Value.Name) { return @{ SetPath = [string]$Value.SetPath; Name = [string]$Value.Name } }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $Value `
                -Message "The value '$Value' of -$Parameter is neither the name of a generation nor a generation object." `
                -Hint 'Give a name such as 2026-11-23T101500Z, or an object from Get-BackupGeneration.'))
}
