# Loads the functions. Starts no process and reads nothing but the files of this folder.
Set-StrictMode -Version 1.0

# Where the files of the module are. Functions ask for it: in a package they have no folder of their own.
$script:ModuleFolder = $PSScriptRoot

# The compiled engine this module talks to. Tests point it at a stand-in.
$script:EnginePath = [System.IO.Path]::Combine($script:ModuleFolder, 'engine', 'main.mjs')

# A Node.js that was packed with the module is in a folder below, one for each platform.
$script:BundledNodePath = [System.IO.Path]::Combine($script:ModuleFolder, 'engine', 'node')

# A package has them here, in this file.
#region Functions, one in each file
foreach ($folder in 'Private', 'Public') {
    foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($PSScriptRoot, $folder), '*.ps1')) {
        . $file
    }
}
#endregion

Register-GenerationCompleter
Register-TimeZoneCompleter
Register-ItemPathCompleter
Register-SetPathCompleter
Register-SourceCompleter
Register-ShadowCopyCompleter
Register-JobCompleter

Export-ModuleMember -Function @(
    'Compare-BackupGeneration'
    'Dismount-ShadowCopy'
    'Export-BackupReport'
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
    'Register-BackupJob'
    'Remove-BackupGeneration'
    'Remove-ShadowCopy'
    'Repair-BackupSet'
    'Restore-BackupItem'
    'Test-BackupGeneration'
    'Test-BackupJob'
    'Unlock-BackupGeneration'
    'Unregister-BackupJob'
    'Use-ShadowCopy'
)
