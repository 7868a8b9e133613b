# The rules that were given -> the policy of the protocol.
function Get-RetentionPolicy {
    param($Cmdlet, $Bound)
    $policy = [ordered]@{}
    foreach ($name in 'KeepLast', 'KeepHourly', 'KeepDaily', 'KeepWeekly', 'KeepMonthly', 'KeepYearly') {
        if ($Bound.ContainsKey($name)) { $policy[(ConvertTo-FieldName $name)] = $Bound[$name] }
    }
    if ($Bound.ContainsKey('KeepWithin')) {
        $policy['keepWithin'] = Get-WholeTime $Cmdlet $Bound['KeepWithin'] 'KeepWithin'
    }
    return $policy
}

# The seconds of a time that a parameter was given. PowerShell takes a bare number for ticks of 100 ns, so that 30 would be
# next to nothing.
function Get-WholeTime {
    param($Cmdlet, [timespan]$Time, [string]$Parameter)
    if ($Time.TotalSeconds -ge 1) { return $Time.TotalSeconds }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $Time `
                -Message "The time of -$Parameter, $Time, is less than a second." `
                -Hint 'Give a TimeSpan such as (New-TimeSpan -Days 30); a bare number means ticks of 100 ns.'))
}

# As it was typed: -KeepDaily 30 -KeepWithin 7.00:00:00
function Get-RetentionPolicyText {
    param($Policy)
    $parts = foreach ($rule in $Policy.GetEnumerator()) {
        $value = if ($rule.Key -eq 'keepWithin') { ConvertFrom-EngineDuration $rule.Value } else { $rule.Value }
        '-{0}{1} {2}' -f $rule.Key.Substring(0, 1).ToUpperInvariant(), $rule.Key.Substring(1), $value
    }
    return $parts -join ' '
}

# A policy judges all generations of a set. Applied to some that were picked, it would remove others than were meant.
function Assert-WholeSet {
    param($Cmdlet, $InputObject)
    if ($null -eq $InputObject -or -not $InputObject.PSObject.Properties['Name']) { return }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $InputObject.Name `
                -Message "A policy is applied to a whole set, not to the generation '$($InputObject.Name)' from the pipeline." `
                -Hint 'Give the set with -SetPath; or give no rule, to remove the generations from the pipeline by name.'))
}
