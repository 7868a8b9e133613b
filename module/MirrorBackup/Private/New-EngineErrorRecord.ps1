# Turns an error of the protocol into an ErrorRecord: stable id, category, the path as TargetObject, the hint as the
# recommended action. Everything the engine knows is in Exception.Data. A script module cannot bring an exception type of its own
# without compiling one, so the nearest type of .NET stands in.
function New-EngineErrorRecord {
    param([string]$Message, $Data)
    $text = Get-EngineErrorText $Message $Data
    $exception = New-ExceptionOfCategory ([string]$Data.category) $text
    $exception.Data['Id'] = [string]$Data.id
    $exception.Data['Retryable'] = [bool]$Data.retryable
    if ($Data.path) { $exception.Data['Path'] = [string]$Data.path }
    if ($Data.hint) { $exception.Data['Hint'] = [string]$Data.hint }
    if ($Data.native) {
        $exception.Data['NativeCode'] = $Data.native.code
        $exception.Data['NativeName'] = [string]$Data.native.name
        $exception.Data['NativeText'] = [string]$Data.native.text
    }
    if ($Data.details) { $exception.Data['Details'] = $Data.details }

    $category = [string]$Data.category -as [System.Management.Automation.ErrorCategory]
    if ($null -eq $category) { $category = [System.Management.Automation.ErrorCategory]::NotSpecified }
    $id = if ($Data.id) { [string]$Data.id } else { 'InternalError' }
    $record = [System.Management.Automation.ErrorRecord]::new($exception, $id, $category, $Data.path)
    if ($Data.hint) {
        $hint = ConvertTo-DisplayText $Data.hint
        # PowerShell 7 shows the recommended action below the message; Windows PowerShell does not.
        $shown = if ($PSVersionTable.PSVersion.Major -ge 7) { $text } else { "$text $hint" }
        $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($shown)
        $record.ErrorDetails.RecommendedAction = $hint
    }
    return $record
}

# What failed, where, and what the operating system said, each of them once.
function Get-EngineErrorText {
    param([string]$Message, $Data)
    $text = if ($Message) { $Message } else { "The engine reported $($Data.id)." }
    if ($Data.path -and $text.IndexOf([string]$Data.path, [System.StringComparison]::Ordinal) -lt 0) {
        $text = "$text Path: $($Data.path)"
    }
    if ($Data.native -and $text -notmatch "\b$([regex]::Escape([string]$Data.native.name))\b") {
        $text = "$text ($($Data.native.name) $($Data.native.code): $($Data.native.text))"
    }
    return ConvertTo-DisplayText $text
}

function New-ExceptionOfCategory {
    param([string]$Category, [string]$Message)
    switch ($Category) {
        'ObjectNotFound' { return [System.Management.Automation.ItemNotFoundException]::new($Message) }
        'InvalidArgument' { return [System.ArgumentException]::new($Message) }
        'PermissionDenied' { return [System.UnauthorizedAccessException]::new($Message) }
        'OperationStopped' { return [System.OperationCanceledException]::new($Message) }
        'OperationTimeout' { return [System.TimeoutException]::new($Message) }
        'NotImplemented' { return [System.NotSupportedException]::new($Message) }
        'InvalidData' { return [System.IO.InvalidDataException]::new($Message) }
        { $_ -in 'ReadError', 'WriteError', 'OpenError', 'CloseError', 'DeviceError', 'ResourceBusy', 'ResourceExists', 'ResourceUnavailable', 'LimitsExceeded' } {
            return [System.IO.IOException]::new($Message)
        }
    }
    return [System.InvalidOperationException]::new($Message)
}
