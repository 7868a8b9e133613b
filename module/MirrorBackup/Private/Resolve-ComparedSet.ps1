# The one set two generations are compared in: -SetPath, or that of the generation objects.
function Resolve-ComparedSet {
    param($Cmdlet, [string]$SetPath, $From, $To)
    $sets = foreach ($path in $SetPath, $From.SetPath, $To.SetPath) {
        if ($path) { Resolve-BackupPath $Cmdlet $path }
    }
    $sets = @($sets)
    if (-not $sets) {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument `
                    -Message 'It is not known which backup set to compare in.' `
                    -Hint 'Give -SetPath, or a generation object as -Reference or -Difference.'))
    }
    $comparison = if ($script:OnWindows) { [System.StringComparison]::OrdinalIgnoreCase } else { [System.StringComparison]::Ordinal }
    foreach ($other in $sets) {
        if (-not [string]::Equals($other, $sets[0], $comparison)) {
            $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $other `
                        -Message "The generations belong to different backup sets: '$($sets[0])' and '$other'." `
                        -Hint 'Compare two generations of the same set.'))
        }
    }
    return $sets[0]
}
