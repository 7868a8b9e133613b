# Shows a progress notification. Totals, rate and time are shown when the engine knows them.
function Write-EngineProgress {
    param($Engine, $Cmdlet, $Progress)
    $status = [string]$Progress.phase
    if ($Progress.items -or $Progress.totalItems) {
        $status += ': ' + ([long]$Progress.items).ToString('N0')
        if ($Progress.totalItems) { $status += ' of ' + ([long]$Progress.totalItems).ToString('N0') }
        $status += if ($Progress.items -eq 1 -and -not $Progress.totalItems) { ' item' } else { ' items' }
    }
    if ($Progress.bytes) {
        $status += ', ' + (Format-ByteSize $Progress.bytes)
        if ($Progress.totalBytes) { $status += ' of ' + (Format-ByteSize $Progress.totalBytes) }
    }
    # Linking moves no bytes: there the items tell how fast it goes.
    if ($Progress.bytesPerSecond -ge 1024) { $status += ', ' + (Format-ByteSize $Progress.bytesPerSecond) + '/s' }
    elseif ($Progress.itemsPerSecond -ge 1) { $status += ', ' + ([long]$Progress.itemsPerSecond).ToString('N0') + ' items/s' }
    $record = [System.Management.Automation.ProgressRecord]::new(0, $Engine.Activity, $status)
    if ($null -ne $Progress.percent) { $record.PercentComplete = [System.Math]::Max(0, [System.Math]::Min(100, [int]$Progress.percent)) }
    if ($null -ne $Progress.secondsRemaining) { $record.SecondsRemaining = [int][System.Math]::Min([int]::MaxValue, $Progress.secondsRemaining) }
    if ($Progress.path) { $record.CurrentOperation = ConvertTo-DisplayText $Progress.path }
    $Engine.Progress = $Cmdlet
    $Cmdlet.WriteProgress($record)
}

# Takes the bar away. A pipeline that is being stopped shows nothing any more, and its host takes the bar away itself.
function Complete-EngineProgress {
    param($Engine)
    $cmdlet = $Engine.Progress
    if ($null -eq $cmdlet) { return }
    $Engine.Progress = $null
    $record = [System.Management.Automation.ProgressRecord]::new(0, $Engine.Activity, 'Done')
    $record.RecordType = [System.Management.Automation.ProgressRecordType]::Completed
    try { $cmdlet.WriteProgress($record) }
    catch [System.Management.Automation.PipelineStoppedException] { return }
}
