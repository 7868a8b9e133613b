# The parameters of New-MirrorBackup that were given -> fields of the request. What was not given is left to the engine.
function Get-BackupOption {
    param($Cmdlet, $Bound)
    $options = [ordered]@{}
    foreach ($name in 'Exclude', 'Include', 'MaximumSize', 'Snapshot', 'Comparison', 'Hash', 'MaxLinks') {
        if ($Bound.ContainsKey($name)) { $options[(ConvertTo-FieldName $name)] = $Bound[$name] }
    }
    foreach ($name in 'RequireSnapshot', 'SkipUnchanged', 'AllowEmptySource', 'AllowSourceChange', 'CrossMount', 'OutputItem') {
        if ($Bound.ContainsKey($name)) { $options[(ConvertTo-FieldName $name)] = [bool]$Bound[$name] }
    }
    foreach ($name in 'OlderThan', 'NewerThan') {
        if ($Bound.ContainsKey($name)) { $options[(ConvertTo-FieldName $name)] = ConvertTo-EngineTime (ConvertTo-PointInTime $Cmdlet $Bound[$name] $name) }
    }
    if ($Bound.ContainsKey('ExcludeCacheDirectory')) { $options['excludeCacheDirectories'] = [bool]$Bound['ExcludeCacheDirectory'] }
    if ($Bound.ContainsKey('ExcludeFile')) {
        $options['excludeFile'] = @(foreach ($file in $Bound['ExcludeFile']) { Resolve-BackupPath $Cmdlet $file })
    }
    return $options
}

function ConvertTo-FieldName {
    param([string]$Parameter)
    return $Parameter.Substring(0, 1).ToLowerInvariant() + $Parameter.Substring(1)
}
