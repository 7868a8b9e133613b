# New-HardLink: against a stand-in for the engine, and on real files.
Describe 'New-HardLink' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"

        function Join-TestPath {
            param([string[]]$Part)
            return [System.IO.Path]::Combine($Part)
        }
    }

    It 'has these parameters' {
        Get-ParameterContract 'New-HardLink' | Should -Be @(
            'Path [String] mandatory position=0 by-name'
            'Target [String] mandatory position=1 by-name alias=Value'
            'Force [SwitchParameter]'
        )
        $attribute = (Get-Command -Name New-HardLink).ScriptBlock.Attributes | Where-Object -FilterScript { $_ -is [System.Management.Automation.CmdletBindingAttribute] }
        $attribute.SupportsShouldProcess | Should -BeTrue
        $attribute.ConfirmImpact | Should -Be 'Low'
    }

    Context 'with a stand-in for the engine' {
        BeforeEach {
            Use-FakeEngine
        }
        AfterEach {
            Reset-Engine
        }

        It 'outputs the file by its new name' {
            $new = Join-TestPath $TestDrive, 'new'
            $link = New-HardLink $new (Join-TestPath $TestDrive, 'old')
            $link.PSTypeNames[0] | Should -Be 'MirrorBackup.HardLink'
            $link.PSObject.Properties.Name -join ' ' | Should -Be 'Path LinkCount FileId Volume Names Length Complete'
            $link.Path | Should -Be $new
            $link.LinkCount | Should -Be 3
            $link.FileId | Should -BeExactly '18446744073709551615'
            $link.Length | Should -BeOfType ([long])
            $link.Length | Should -Be 5000000001
            , $link.Names | Should -BeOfType ([string[]])
            $link.Names.Count | Should -Be 2
            $sent = (Get-FakeEngineRequest).params
            $sent.path | Should -Be $new
            $sent.target | Should -Be (Join-TestPath $TestDrive, 'old')
            $sent.force | Should -BeFalse
        }

        It 'takes relative paths, Value for Target, and -Force' {
            Push-Location -LiteralPath $TestDrive
            try { $null = New-HardLink -Path ./a[1] -Value b -Force }
            finally { Pop-Location }
            $sent = (Get-FakeEngineRequest).params
            $sent.path | Should -Be (Join-TestPath $TestDrive, 'a[1]')
            $sent.target | Should -Be (Join-TestPath $TestDrive, 'b')
            $sent.force | Should -BeTrue
        }

        It 'makes all links of the pipeline with one engine, and goes on after one that fails' {
            Use-FakeEngine linkFails
            $wanted = foreach ($name in 'one', 'bad', 'two') { [pscustomobject]@{ Path = Join-TestPath $TestDrive, $name; Target = Join-TestPath $TestDrive, 'old' } }
            $links = @($wanted | New-HardLink -ErrorVariable failed -ErrorAction SilentlyContinue)
            $links.Count | Should -Be 2
            @($failed).Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -Be 'PathExists,New-HardLink'
            $failed[0].CategoryInfo.Category | Should -Be 'ResourceExists'
            Measure-FakeEngineStart | Should -Be 1
        }

        It 'stops at the error of a single link' {
            Use-FakeEngine linkFails
            { New-HardLink (Join-TestPath $TestDrive, 'bad') (Join-TestPath $TestDrive, 'old') } | Should -Throw -ErrorId 'PathExists,New-HardLink'
        }

        It 'makes nothing with -WhatIf' {
            New-HardLink (Join-TestPath $TestDrive, 'new') (Join-TestPath $TestDrive, 'old') -WhatIf | Should -BeNullOrEmpty
            @(Get-FakeEngineRequest).Count | Should -Be 0
        }
    }

    Context 'with the engine' {
        BeforeEach {
            $folder = Join-TestPath $TestDrive, ([guid]::NewGuid().ToString('N'))
            $null = [System.IO.Directory]::CreateDirectory($folder)
            $old = Join-TestPath $folder, 'old'
            $new = Join-TestPath $folder, 'new'
            [System.IO.File]::WriteAllText($old, 'content')
        }

        It 'makes a link' {
            $link = New-HardLink $new $old
            $link.LinkCount | Should -Be 2
            $link.Complete | Should -BeTrue
            [System.IO.File]::WriteAllText($new, 'changed')
            [System.IO.File]::ReadAllText($old) | Should -Be 'changed'
        }

        It 'replaces a file only with -Force' {
            [System.IO.File]::WriteAllText($new, 'other')
            { New-HardLink $new $old } | Should -Throw -ErrorId 'PathExists,New-HardLink'
            [System.IO.File]::ReadAllText($new) | Should -Be 'other'
            (New-HardLink $new $old -Force).LinkCount | Should -Be 2
            [System.IO.File]::ReadAllText($new) | Should -Be 'content'
            [System.IO.Directory]::GetFileSystemEntries($folder).Count | Should -Be 2
        }

        It 'says <Id> for <What>' -TestCases @(
            @{ What = 'a target that does not exist'; Id = 'FileNotFound'; Path = 'new'; Target = 'missing' }
            @{ What = 'a folder as the target'; Id = 'PathIsDirectory'; Path = 'new'; Target = '' }
            @{ What = 'a folder that does not exist'; Id = 'FolderNotFound'; Path = 'missing/new'; Target = 'old' }
        ) {
            param($What, $Id, $Path, $Target)
            $target = [System.IO.Path]::Combine($folder, $Target)
            { New-HardLink ([System.IO.Path]::Combine($folder, $Path)) $target } | Should -Throw -ErrorId "$Id,New-HardLink"
        }
    }
}
