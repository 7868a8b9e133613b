# The module as a whole: what it exports, what importing it does, and rules that hold for each of its files.
Describe 'MirrorBackup' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        $module = Get-Module -Name MirrorBackup
        $files = @(Get-ChildItem -LiteralPath $module.ModuleBase -Recurse -File | Where-Object -FilterScript {
                $_.FullName -notmatch '[\\/](engine|node)[\\/]'
            })
        $scripts = @($files | Where-Object -FilterScript { $_.Extension -in '.ps1', '.psm1', '.psd1' })
    }

    It 'exports exactly the public functions' {
        $public = Get-ChildItem -Path ([System.IO.Path]::Combine($module.ModuleBase, 'Public')) -Filter *.ps1
        $expected = ($public | ForEach-Object -Process { $_.BaseName } | Sort-Object) -join ' '
        $expected | Should -Be (@(
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
            ) -join ' ')
        (@($module.ExportedCommands.Keys) | Sort-Object) -join ' ' | Should -Be $expected
        $module.ExportedAliases.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'names its exports in the manifest, so that commands are found without loading it' {
        $manifest = Import-PowerShellDataFile -Path ([System.IO.Path]::Combine($module.ModuleBase, 'MirrorBackup.psd1'))
        ($manifest.FunctionsToExport | Sort-Object) -join ' ' | Should -Be ((@($module.ExportedCommands.Keys) | Sort-Object) -join ' ')
        $manifest.PowerShellVersion | Should -Be '5.1'
        $manifest.CompatiblePSEditions -join ' ' | Should -Be 'Core Desktop'
    }

    It 'uses approved verbs' {
        foreach ($command in $module.ExportedCommands.Keys) {
            (Get-Verb -Verb ($command -split '-')[0]) | Should -Not -BeNullOrEmpty
        }
    }

    It 'starts no process when it is imported' {
        $before = $env:MIRRORBACKUP_NODE
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $env:MIRRORBACKUP_NODE = [System.IO.Path]::Combine($TestDrive, 'no-such-node')
            $null = $shell.AddScript('param($manifest) Import-Module -Name $manifest -ErrorAction Stop; (Get-Module -Name MirrorBackup).ExportedCommands.Count')
            $null = $shell.AddArgument([System.IO.Path]::Combine($module.ModuleBase, 'MirrorBackup.psd1'))
            $shell.Invoke()[0] | Should -Be $module.ExportedCommands.Count
            $shell.HadErrors | Should -BeFalse
        }
        finally {
            $env:MIRRORBACKUP_NODE = $before
            $shell.Dispose()
        }
    }

    It 'is pure ASCII, which Windows PowerShell reads without a byte order mark' {
        foreach ($file in $files) {
            $bytes = [System.IO.File]::ReadAllBytes($file.FullName)
            @($bytes | Where-Object -FilterScript { $_ -gt 127 }).Count | Should -Be 0 -Because $file.Name
        }
    }

    It 'has one idea per file: the function named like it comes first' {
        # Those right in the folder of the module are scripts to be started.
        foreach ($file in $files | Where-Object -FilterScript { $_.Extension -eq '.ps1' -and $_.DirectoryName -ne $module.ModuleBase }) {
            $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
            $ast.EndBlock.Statements[0].Name | Should -Be $file.BaseName
        }
    }

    It 'asks for $script:ModuleFolder, and not where a function is: in a package that is another folder' {
        foreach ($file in $files | Where-Object -FilterScript { $_.DirectoryName -match '[\\/](Private|Public)$' }) {
            $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
            $variables = $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.VariableExpressionAst] }, $true)
            $names = @($variables | ForEach-Object -Process { $_.VariablePath.UserPath })
            foreach ($name in 'PSScriptRoot', 'PSCommandPath') { $names | Should -Not -Contain $name -Because $file.Name }
        }
    }

    It 'parses' {
        foreach ($file in $scripts) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$errors)
            $errors.Count | Should -Be 0 -Because $file.Name
        }
    }

    It 'does not use <Name>' -TestCases @(
        @{ Name = 'Write-Host'; Why = 'output belongs into the streams' }
        @{ Name = 'Write-Error'; Why = 'the error would carry the name of a private function' }
        @{ Name = 'Write-Warning'; Why = 'the preference of the caller would not count' }
        @{ Name = 'Write-Verbose'; Why = 'the preference of the caller would not count' }
        @{ Name = 'Write-Progress'; Why = 'the preference of the caller would not count' }
        @{ Name = 'ConvertFrom-Json'; Why = 'it turns names into times' }
        @{ Name = 'ConvertTo-Json'; Why = 'it writes note properties of strings' }
        @{ Name = 'Start-Process'; Why = 'it has no streams' }
        @{ Name = 'Invoke-Expression'; Why = 'nothing is code that was not written as code' }
    ) {
        param($Name, $Why)
        foreach ($file in $scripts) {
            $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
            $calls = $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)
            @($calls | ForEach-Object -Process { $_.GetCommandName() }) | Should -Not -Contain $Name -Because "$($file.Name): $Why"
        }
    }

    It 'uses no aliases' {
        foreach ($file in $scripts) {
            $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
            $calls = $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)
            foreach ($call in $calls) {
                $name = $call.GetCommandName()
                if ($name) { $name | Should -Match '^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$' -Because $file.Name }
            }
        }
    }
}
