# Shows a progress notification. Totals, rate and time are shown when the engine knows them.
function Write-EngineProgress {
    param($Engine, $Cmdlet, $Progress)
    $items = ([long]$Progress.items).ToString('N0')
    if ($Progress.totalItems) { $items += ' of ' + ([long]$Progress.totalItems).ToString('N0') }
    $status = "$($Progress.phase): $items items"
    if ($Progress.bytes) {
        $status += ', ' + (Format-ByteSize $Progress.bytes)
        if ($Progress.totalBytes) { $status += ' of ' + (Format-ByteSize $Progress.totalBytes) }
    }
    if ($Progress.bytesPerSecond) { $status += ', ' + (Format-ByteSize $Progress.bytesPerSecond) + '/s' }
    $record = [System.Management.Automation.ProgressRecord]::new(0, $Engine.Activity, $status)
    if ($null -ne $Progress.percent) { $record.PercentComplete = [System.Math]::Max(0, [System.Math]::Min(100, [int]$Progress.percent)) }
    if ($null -ne $Progress.secondsRemaining) { $record.SecondsRemaining = [int][System.Math]::Min([int]::MaxValue, $Progress.secondsRemaining) }
    if ($Progress.path) { $record.CurrentOperation = ConvertTo-DisplayText $Progress.path }
    $Engine.Progress = $true
    $Cmdlet.WriteProgress($record)
}

function Complete-EngineProgress {
    param($Engine, $Cmdlet)
    if (-not $Engine.Progress) { return }
    $Engine.Progress = $false
    $record = [System.Management.Automation.ProgressRecord]::new(0, $Engine.Activity, 'Done')
    $record.RecordType = [System.Management.Automation.ProgressRecordType]::Completed
    $Cmdlet.WriteProgress($record)
}
