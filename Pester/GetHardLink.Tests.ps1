# Get-HardLink: against a stand-in for the engine, and on real files.
Describe 'Get-HardLink' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"

        function Join-TestPath {
            param([string[]]$Part)
            return [System.IO.Path]::Combine($Part)
        }
        $folder = Join-TestPath $TestDrive, 'names'
        $deep = Join-TestPath $folder, 'deep'
        $null = [System.IO.Directory]::CreateDirectory($deep)
        foreach ($name in 'a.txt', 'b.txt', 'c[1].txt', 'other') { [System.IO.File]::WriteAllText((Join-TestPath $folder, $name), $name) }
        $null = New-HardLink (Join-TestPath $deep, 'a2.txt') (Join-TestPath $folder, 'a.txt')
        $null = New-HardLink (Join-TestPath $TestDrive, 'c-outside') (Join-TestPath $folder, 'c[1].txt')
    }

    It 'has these parameters' {
        Get-ParameterContract 'Get-HardLink' | Should -Be @(
            'Path [String[]] set=Path mandatory position=0 by-value by-name'
            'LiteralPath [String[]] set=LiteralPath mandatory by-name alias=PSPath,FullName'
            'Root [String[]]'
        )
    }

    Context 'with a stand-in for the engine' {
        BeforeEach {
            Use-FakeEngine
        }
        AfterEach {
            Reset-Engine
        }

        It 'outputs an object for each file' {
            $links = @(Get-HardLink (Join-TestPath $folder, 'a.txt'), (Join-TestPath $folder, 'missing'))
            $links.Count | Should -Be 2
            $links[0].PSTypeNames[0] | Should -Be 'MirrorBackup.HardLink'
            $links[0].PSObject.Properties.Name -join ' ' | Should -Be 'Path LinkCount FileId Volume Names Length Complete'
            $links[0].Complete | Should -BeOfType ([bool])
            $sent = (Get-FakeEngineRequest).params
            @($sent.paths).Count | Should -Be 2
            $sent.PSObject.Properties.Name -join ' ' | Should -Be 'paths'
        }

        It 'searches once for everything the pipeline brings: <What>' -TestCases @(
            @{ What = 'strings'; Bring = { Join-TestPath $folder, 'a.txt'; Join-TestPath $folder, 'b.txt' }; Count = 2 }
            @{ What = 'files'; Bring = { Get-ChildItem -LiteralPath $folder -File }; Count = 4 }
            @{ What = 'FileInfo'; Bring = { [System.IO.FileInfo]::new((Join-TestPath $folder, 'c[1].txt')) }; Count = 1 }
            @{ What = 'objects with a PSPath'; Bring = { [pscustomobject]@{ PSPath = "Microsoft.PowerShell.Core\FileSystem::$(Join-TestPath $folder, 'c[1].txt')" } }; Count = 1 }
            @{ What = 'objects with a LiteralPath'; Bring = { [pscustomobject]@{ LiteralPath = Join-TestPath $folder, 'c[1].txt' } }; Count = 1 }
        ) {
            param($What, $Bring, $Count)
            @(& $Bring | Get-HardLink -Root $TestDrive).Count | Should -Be $Count
            $requests = @(Get-FakeEngineRequest)
            $requests.Count | Should -Be 1
            @($requests[0].params.paths).Count | Should -Be $Count
            $requests[0].params.paths -join ' ' | Should -Match ([regex]::Escape($folder))
            $requests[0].params.roots -join ' ' | Should -Be "$TestDrive"
        }

        It 'expands wildcards in -Path to files, and takes -LiteralPath as it is' {
            $null = Get-HardLink (Join-TestPath $folder, '*')
            @((Get-FakeEngineRequest).params.paths).Count | Should -Be 4
            Use-FakeEngine
            $null = Get-HardLink -LiteralPath (Join-TestPath $folder, 'c[1].txt')
            (Get-FakeEngineRequest).params.paths -join ' ' | Should -Be (Join-TestPath $folder, 'c[1].txt')
            Use-FakeEngine
            Get-HardLink (Join-TestPath $folder, 'x*') | Should -BeNullOrEmpty
            @(Get-FakeEngineRequest).Count | Should -Be 0
        }

        It 'leaves no engine behind when the pipeline is stopped' {
            $null = Get-ChildItem -LiteralPath $folder -File | Get-HardLink | Select-Object -First 1
            @(Get-FakeEngineProcess).Count | Should -Be 0
        }
    }

    Context 'with the engine' {
        It 'finds the names below the folder of the file' {
            $link = Get-HardLink (Join-TestPath $folder, 'a.txt')
            $link.LinkCount | Should -Be 2
            $link.Complete | Should -BeTrue
            ($link.Names | ForEach-Object -Process { [System.IO.Path]::GetFileName($_) }) -join ' ' | Should -Be 'a.txt a2.txt'
        }

        It 'finds the names below -Root, and says when there are more' {
            # Windows knows all names of a file; Wine does not.
            $knowsAll = $env:OS -eq 'Windows_NT' -and -not $env:MIRRORBACKUP_TEST_ON_WINE
            (Get-HardLink -LiteralPath (Join-TestPath $folder, 'c[1].txt') -Root $folder).Complete | Should -Be $knowsAll
            (Get-HardLink -LiteralPath (Join-TestPath $folder, 'c[1].txt') -Root $TestDrive).Complete | Should -BeTrue
        }

        It 'reports a file it cannot look at, and goes on' {
            $links = @(Get-HardLink (Join-TestPath $folder, 'missing'), $folder, (Join-TestPath $folder, 'b.txt') -ErrorVariable failed -ErrorAction SilentlyContinue)
            $links.Count | Should -Be 1
            $failed.FullyQualifiedErrorId -join ' ' | Should -Be 'FileNotFound,Get-HardLink PathIsDirectory,Get-HardLink'
            $failed[0].TargetObject | Should -Be (Join-TestPath $folder, 'missing')
        }

        It 'refuses a root that does not exist' {
            { Get-HardLink (Join-TestPath $folder, 'a.txt') -Root (Join-TestPath $folder, 'missing') } | Should -Throw -ErrorId 'FolderNotFound,Get-HardLink'
        }
    }
}
