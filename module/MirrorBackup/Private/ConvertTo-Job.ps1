# Jobs of the protocol -> MirrorBackup.Job. Path and Name bind to the other cmdlets for jobs.
function ConvertTo-Job {
    param($InputObject)
    foreach ($job in $InputObject) {
        $settings = ConvertTo-SettingObject $job.settings
        $sources = foreach ($source in $settings.sources) {
            [pscustomobject]@{ PSTypeName = 'MirrorBackup.Source'; Name = $source.name; Path = $source.path }
        }
        $last = if ($null -ne $job.lastResult) { ConvertTo-SettingObject $job.lastResult }
        [pscustomobject]@{
            PSTypeName  = 'MirrorBackup.Job'
            Name        = $job.name
            Description = $settings.description
            Enabled     = [bool]$settings.enabled
            Sources     = @($sources)
            Destination = $settings.destination
            Schedule    = $job.scheduleText
            Retention   = $job.retentionText
            LastState   = if ($last) { $last.state }
            LastRun     = if ($last) { ConvertFrom-EngineTime $last.endedAt }
            LastResult  = if ($last) { ConvertTo-JobResult $job.lastResult }
            Path        = $job.file
            Line        = [int]$job.line
            Settings    = $settings
        }
    }
}

# JSON objects of any depth -> objects with the same properties. What is inside an array comes as ExpandoObject or
# Dictionary.
function ConvertTo-SettingObject {
    param($Value)
    if ($Value -is [System.Collections.Generic.IDictionary[string, object]]) {
        $properties = [ordered]@{}
        # ExpandoObject -> Dictionary, whose keys PowerShell can get at.
        $members = [System.Collections.Generic.Dictionary[string, object]]::new($Value)
        foreach ($key in $members.Keys) { $properties[$key] = ConvertTo-SettingObject $members[$key] }
        return [pscustomobject]$properties
    }
    if ($Value -is [System.Collections.IList]) {
        $items = foreach ($item in $Value) { ConvertTo-SettingObject $item }
        return , @($items)
    }
    return $Value
}
