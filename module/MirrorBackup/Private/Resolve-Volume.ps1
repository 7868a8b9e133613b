# A volume as the user names it -> a folder on it: "C:" is the volume, not the current folder on it.
function Resolve-Volume {
    param($Cmdlet, [string]$Volume)
    if ($script:OnWindows -and $Volume -match '^[A-Za-z]:$') { return "$Volume\" }
    return Resolve-BackupPath $Cmdlet $Volume -Hint 'Give a volume such as C:, or a folder on it.'
}
