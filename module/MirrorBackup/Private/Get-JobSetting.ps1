# The parameters of New-BackupJob that were given -> settings of a job file. What was not given is left to the schema.
function Get-JobSetting {
    param($Cmdlet, $Bound)
    $settings = [ordered]@{}
    if ($Bound.ContainsKey('Description')) { $settings['description'] = $Bound['Description'] }
    $settings['sources'] = @(foreach ($one in $Bound['Source']) { Get-JobSource $Cmdlet $one })
    $settings['destination'] = Resolve-PathInJob $Cmdlet $Bound['Destination']
    foreach ($name in 'Exclude', 'Include') { if ($Bound.ContainsKey($name)) { $settings[(ConvertTo-FieldName $name)] = @($Bound[$name]) } }
    foreach ($name in 'Snapshot', 'Comparison') { if ($Bound.ContainsKey($name)) { $settings[(ConvertTo-FieldName $name)] = $Bound[$name] } }
    $retention = Get-RetentionPolicy $Cmdlet $Bound
    # A job file has a unit with it.
    if ($Bound.ContainsKey('KeepWithin')) { $retention['keepWithin'] = ConvertTo-RoundDuration $Bound['KeepWithin'] }
    if ($retention.Count) { $settings['retention'] = $retention }
    $schedule = [ordered]@{}
    if ($Bound.ContainsKey('At')) { $schedule['at'] = @($Bound['At'] -replace '^(\d):', '0$1:') }
    if ($Bound.ContainsKey('Every')) { $schedule['every'] = $Bound['Every'] }
    if ($Bound.ContainsKey('Day')) { $schedule['days'] = @(foreach ($day in $Bound['Day']) { [string]$day }) }
    if ($schedule.Count) { $settings['schedule'] = $schedule }
    return $settings
}

function Get-JobSource {
    param($Cmdlet, $Source)
    if ($Source -is [string]) { return Resolve-PathInJob $Cmdlet $Source }
    $resolved = @(Resolve-BackupSource $Cmdlet @(, $Source))[0]
    if (-not $resolved['name']) { return $resolved['path'] }
    return $resolved
}

# A path that begins with a variable is absolute only where the job runs.
function Resolve-PathInJob {
    param($Cmdlet, [string]$Path)
    if ($Path -match '^(\$\{env:|%ComputerName%)') { return $Path }
    return Resolve-BackupPath $Cmdlet $Path
}
