# What users write for a path, and what the engine is given. Names that Windows forbids go to the engine, which explains.
Describe 'Paths' {
    BeforeAll {
        $module = Import-Module -Name MirrorBackup -PassThru
        function Resolve-Here {
            param([string]$Path)
            & $module {
                function Invoke-ResolveBackupPath {
                    [CmdletBinding()]
                    param([string]$Path)
                    Resolve-BackupPath $PSCmdlet $Path
                }
                Invoke-ResolveBackupPath $args[0]
            } $Path
        }
    }

    It 'of an environment or variable drive are refused' {
        { Resolve-Here 'Env:\PATH' } | Should -Throw -ErrorId 'InvalidParameter,Invoke-ResolveBackupPath'
    }

    It 'may be relative, and begin with ~' {
        Push-Location -LiteralPath $TestDrive
        try {
            $here = [string]$PWD.ProviderPath
            Resolve-Here 'a[1]' | Should -BeExactly ([System.IO.Path]::Combine($here, 'a[1]'))
            Resolve-Here './b/../c' | Should -BeExactly ([System.IO.Path]::Combine($here, 'c'))
            Resolve-Here '~' | Should -Be ([System.IO.Path]::GetFullPath((Get-PSProvider -PSProvider FileSystem).Home))
        }
        finally { Pop-Location }
    }

    It 'may be of a drive of PowerShell, or name the provider' {
        $folder = [System.IO.Path]::GetFullPath($TestDrive)
        $null = New-PSDrive -Name MirrorBackupTest -PSProvider FileSystem -Root $folder -Scope Global
        try {
            Resolve-Here 'MirrorBackupTest:/sub' | Should -Be ([System.IO.Path]::Combine($folder, 'sub'))
            Resolve-Here "FileSystem::$folder" | Should -Be $folder
            Resolve-Here "Microsoft.PowerShell.Core\FileSystem::$folder" | Should -Be $folder
        }
        finally { Remove-PSDrive -Name MirrorBackupTest }
    }

    It '<Path> is <Expected> on Windows' -Skip:($env:OS -ne 'Windows_NT') -TestCases @(
        @{ Path = 'C:\'; Expected = 'C:\' }
        @{ Path = 'C:\a\'; Expected = 'C:\a' }
        @{ Path = 'C:/a/./b'; Expected = 'C:\a\b' }
        @{ Path = '\\server\share'; Expected = '\\server\share' }
        @{ Path = '\\server\share\set\'; Expected = '\\server\share\set' }
        @{ Path = '//server/share/set'; Expected = '\\server\share\set' }
        @{ Path = 'FileSystem::\\server\share\set'; Expected = '\\server\share\set' }
        @{ Path = '\\?\C:\a. \b'; Expected = '\\?\C:\a. \b' }
        @{ Path = '\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\'; Expected = '\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\' }
        @{ Path = 'C:\a*'; Expected = 'C:\a*' }
        @{ Path = 'C:\a:b'; Expected = 'C:\a:b' }
    ) {
        param($Path, $Expected)
        Resolve-Here $Path | Should -BeExactly $Expected
    }

    It 'beyond 260 characters are handed on' {
        $root = [System.IO.Path]::GetFullPath($TestDrive)
        $long = [System.IO.Path]::Combine($root, ('x' * 200), ('y' * 200))
        Resolve-Here $long | Should -BeExactly $long
    }

    It 'of a generation name one set, whatever their case on Windows' {
        $resolve = {
            function Invoke-ResolveComparedSet {
                [CmdletBinding()]
                param($From, $To)
                Resolve-ComparedSet $PSCmdlet $null $From $To
            }
            Invoke-ResolveComparedSet $args[0] $args[1]
        }
        $set = [System.IO.Path]::Combine([System.IO.Path]::GetFullPath($TestDrive), 'Set')
        $one = @{ SetPath = $set; Name = 'a' }
        & $module $resolve $one @{ SetPath = $set; Name = 'b' } | Should -BeExactly $set
        $other = @{ SetPath = [System.IO.Path]::Combine([System.IO.Path]::GetFullPath($TestDrive), 'SET'); Name = 'b' }
        if ($env:OS -eq 'Windows_NT') { & $module $resolve $one $other | Should -BeExactly $set }
        else { { & $module $resolve $one $other } | Should -Throw -ErrorId 'InvalidParameter,Invoke-ResolveComparedSet' }
    }
}
