# The error if something of the schedule's name is there that was not made for the same job file. What was made for a file
# that is gone is nobody's.
function Get-ScheduleConflict {
    param($Schedule, [string]$Folder)
    foreach ($owner in Get-ScheduleOwner $Schedule $Folder) {
        if ($null -eq $owner.File) { $why = 'was not made by Register-BackupJob' }
        elseif (Test-SamePath $owner.File $Schedule.file) { continue }
        elseif (-not [System.IO.File]::Exists($owner.File)) { continue }
        else { $why = "runs the job of another file, '$($owner.File)'" }
        return New-ModuleError -Id ScheduledJobExists -Category ResourceExists -Target $owner.Id `
            -Message "'$($owner.Id)' is there and $why." -Hint 'Give the job another name, or replace what is there with -Force.'
    }
}

# What has the names of a schedule: files in a folder, or without one the task.
function Get-ScheduleOwner {
    param($Schedule, [string]$Folder)
    if (-not $Folder) {
        foreach ($task in Get-MirrorBackupTask) {
            if ($task.TaskName -ne $Schedule.job) { continue }
            @{ Id = $Schedule.id; File = if ($task.Source -eq 'MirrorBackup') { $task.Documentation } }
        }
        return
    }
    foreach ($file in $Schedule.files) {
        $path = [System.IO.Path]::Combine($Folder, $file.name)
        if (-not [System.IO.File]::Exists($path)) { continue }
        $owner = if ($file.encoding -eq 'Utf16') { Read-TaskOwner $path } else { Read-UnitOwner $path }
        @{ Id = $path; File = if ($owner) { $owner.File } }
    }
}

function Read-TaskOwner {
    param([string]$Path)
    try { $information = ([xml][System.IO.File]::ReadAllText($Path)).Task.RegistrationInfo }
    catch [System.IO.IOException], [System.UnauthorizedAccessException], [System.Management.Automation.PSInvalidCastException] { return $null }
    if ($information.Source -eq 'MirrorBackup') { return @{ File = $information.Documentation } }
}

function Test-SamePath {
    param([string]$One, [string]$Other)
    if ($script:OnWindows) { return $One -ieq $Other }
    return $One -ceq $Other
}
