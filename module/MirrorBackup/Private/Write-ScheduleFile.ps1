# Writes the files of a schedule into a folder, and outputs their paths.
function Write-ScheduleFile {
    param($Cmdlet, $Schedule, [string]$Folder)
    foreach ($file in $Schedule.files) {
        $path = [System.IO.Path]::Combine($Folder, $file.name)
        # Register-ScheduledTask and schtasks.exe want the mark, systemd does not.
        $encoding = if ($file.encoding -eq 'Utf16') { [System.Text.Encoding]::Unicode } else { [System.Text.UTF8Encoding]::new($false) }
        try { [System.IO.File]::WriteAllText($path, $file.text, $encoding) }
        catch [System.IO.IOException], [System.UnauthorizedAccessException] {
            $Cmdlet.ThrowTerminatingError((New-ModuleError -Id SchedulerFailed -Category InvalidResult -Target $path `
                        -Message "The file '$path' cannot be written: $($_.Exception.InnerException.Message)" `
                        -Hint 'Put right what it says, and do it again.'))
        }
        $path
    }
}
