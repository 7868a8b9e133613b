# Loads the functions. Starts no process and reads nothing but the files of this folder.
Set-StrictMode -Version 1.0

# The compiled engine this module talks to. Tests point it at a stand-in.
$script:EnginePath = [System.IO.Path]::Combine($PSScriptRoot, 'engine', 'main.mjs')

foreach ($folder in 'Private', 'Public') {
    foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($PSScriptRoot, $folder), '*.ps1')) {
        . $file
    }
}

Register-GenerationCompleter
Register-TimeZoneCompleter
Register-ItemPathCompleter
Register-JobCompleter

Export-ModuleMember -Function @(
    'Compare-BackupGeneration'
    'Dismount-ShadowCopy'
    'Find-BackupItem'
    'Get-BackupGeneration'
    'Get-BackupJob'
    'Get-HardLink'
    'Get-ShadowCopy'
    'Import-BackupGeneration'
    'Invoke-BackupJob'
    'Lock-BackupGeneration'
    'Measure-BackupGeneration'
    'Mount-ShadowCopy'
    'New-BackupJob'
    'New-HardLink'
    'New-MirrorBackup'
    'New-ShadowCopy'
    'Remove-BackupGeneration'
    'Remove-ShadowCopy'
    'Repair-BackupSet'
    'Restore-BackupItem'
    'Test-BackupGeneration'
    'Test-BackupJob'
    'Unlock-BackupGeneration'
    'Use-ShadowCopy'
)
