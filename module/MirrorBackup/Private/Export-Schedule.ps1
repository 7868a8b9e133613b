# Writes the files of a schedule into a folder, and outputs them.
function Export-Schedule {
    param($Cmdlet, $Schedule, [string]$Folder, [switch]$Force)
    if (-not $Force) { Assert-ScheduleReplaceable $Cmdlet $Schedule $Folder }
    try { $null = [System.IO.Directory]::CreateDirectory($Folder) }
    catch [System.IO.IOException], [System.UnauthorizedAccessException] {
        $Cmdlet.ThrowTerminatingError((New-ModuleError -Id SchedulerFailed -Category InvalidResult -Target $Folder `
                    -Message "The folder '$Folder' cannot be made: $($_.Exception.InnerException.Message)" -Hint 'Give another folder.'))
    }
    foreach ($path in Write-ScheduleFile $Cmdlet $Schedule $Folder) { [System.IO.FileInfo]::new($path) }
}
