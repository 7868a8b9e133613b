# Writes the files of a schedule into a folder, and outputs them, or the error.
function Export-Schedule {
    param($Schedule, [string]$Folder, [switch]$Force)
    $problem = if (-not $Force) { Get-ScheduleConflict $Schedule $Folder }
    if (-not $problem) { $problem = Write-ScheduleFile $Schedule $Folder }
    if ($problem) { return $problem }
    foreach ($file in $Schedule.files) { [System.IO.FileInfo]::new([System.IO.Path]::Combine($Folder, $file.name)) }
}
