@{
    RootModule           = 'MirrorBackup.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '6d0f6a0c-5f0b-4b0e-9b5e-3c1e2f6a7d94'
    Author               = 'The MirrorBackup authors'
    CompanyName          = 'Unknown'
    Copyright            = '(c) The MirrorBackup authors. MIT licence.'
    Description          = 'Browsable mirror backups: every generation is a full tree, unchanged files are hard links to the generation before.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    TypesToProcess       = @('MirrorBackup.Types.ps1xml')
    FormatsToProcess     = @('MirrorBackup.Format.ps1xml')
    FunctionsToExport    = @(
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
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('backup', 'hardlink', 'mirror', 'generation', 'snapshot', 'vss', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux')
        }
    }
}
