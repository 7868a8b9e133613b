# The set to restore from: -SetPath, or that of the generation object.
function Resolve-RestoredSet {
    param($Cmdlet, [string]$SetPath, $From)
    $sets = @(foreach ($path in $SetPath, $From.SetPath) { if ($path) { Resolve-BackupPath $Cmdlet $path } })
    if (-not $sets) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument `
                    -Message 'It is not known which backup set to restore from.' `
                    -Hint 'Give -SetPath, or a generation object as -Generation.'))
    }
    $comparison = if ($script:OnWindows) { [System.StringComparison]::OrdinalIgnoreCase } else { [System.StringComparison]::Ordinal }
    if (-not [string]::Equals($sets[0], $sets[-1], $comparison)) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $sets[-1] `
                    -Message "The generation belongs to the backup set '$($sets[-1])', not to '$($sets[0])'." `
                    -Hint 'Leave -SetPath out, or give the name of a generation of that set.'))
    }
    return $sets[0]
}
