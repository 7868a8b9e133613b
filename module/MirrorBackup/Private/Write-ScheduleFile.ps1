# Writes the files of a schedule into a folder, which is made. Outputs the error if that fails.
function Write-ScheduleFile {
    param($Schedule, [string]$Folder)
    $path = $Folder
    try {
        $null = [System.IO.Directory]::CreateDirectory($Folder)
        foreach ($file in $Schedule.files) {
            $path = [System.IO.Path]::Combine($Folder, $file.name)
            # Register-ScheduledTask and schtasks.exe want the mark, systemd does not.
            $encoding = if ($file.encoding -eq 'Utf16') { [System.Text.Encoding]::Unicode } else { [System.Text.UTF8Encoding]::new($false) }
            [System.IO.File]::WriteAllText($path, $file.text, $encoding)
        }
    }
    catch [System.IO.IOException], [System.UnauthorizedAccessException] { return New-ScheduleFileError $path 'written' $_ }
}

function New-ScheduleFileError {
    param([string]$Path, [string]$What, $ErrorRecord)
    $reason = $ErrorRecord.Exception
    while ($reason.InnerException) { $reason = $reason.InnerException }
    return New-ModuleError -Id SchedulerFailed -Category InvalidResult -Target $Path -Message "'$Path' cannot be ${What}: $($reason.Message)" `
        -Hint 'Put right what it says, and do it again.'
}
