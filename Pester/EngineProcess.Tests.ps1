# The process behind a cmdlet: it is found, it is understood, and it never outlives the cmdlet.
Describe 'The engine process' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        $onWindows = $env:OS -eq 'Windows_NT'
        $nodeBefore = $env:MIRRORBACKUP_NODE
        $set = [System.IO.Path]::Combine($TestDrive, 'set')

        # A program that says it is Node.js of some version.
        function New-FakeNode {
            param([string]$Name, [string]$Version)
            $path = [System.IO.Path]::Combine($TestDrive, $Name)
            [System.IO.File]::WriteAllText($path, "#!/bin/sh`necho $Version`n")
            & chmod +x $path
            return $path
        }
    }
    AfterEach {
        $env:MIRRORBACKUP_NODE = $nodeBefore
        Reset-Engine
    }

    Context 'is found' {
        It 'or EngineNotFound says that it is missing' {
            Set-EnginePath '/no/such/engine.mjs'
            $failed = $null
            try { Get-BackupGeneration $set } catch { $failed = $_ }
            $failed.FullyQualifiedErrorId | Should -Be 'EngineNotFound,Get-BackupGeneration'
            $failed.CategoryInfo.Category | Should -Be 'NotInstalled'
            $failed.TargetObject | Should -Be '/no/such/engine.mjs'
            $failed.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'or NodeNotFound says that MIRRORBACKUP_NODE names nothing that runs' {
            Use-FakeEngine
            $env:MIRRORBACKUP_NODE = [System.IO.Path]::Combine($TestDrive, 'no-such-node')
            $failed = $null
            try { Get-BackupGeneration $set } catch { $failed = $_ }
            $failed.FullyQualifiedErrorId | Should -Be 'NodeNotFound,Get-BackupGeneration'
            $failed.Exception.Message | Should -Match 'no-such-node'
        }

        It 'or NodeNotFound says that there is none on PATH' {
            Use-FakeEngine
            $kept = @{}
            foreach ($name in 'PATH', 'ProgramFiles', 'ProgramW6432') { $kept[$name] = [System.Environment]::GetEnvironmentVariable($name) }
            try {
                $env:MIRRORBACKUP_NODE = $null
                # On Windows Node.js is looked for where its installer puts it, too.
                foreach ($name in $kept.Keys) { [System.Environment]::SetEnvironmentVariable($name, $TestDrive) }
                { Get-BackupGeneration $set } | Should -Throw -ErrorId 'NodeNotFound,Get-BackupGeneration'
            }
            finally {
                foreach ($name in $kept.Keys) { [System.Environment]::SetEnvironmentVariable($name, $kept[$name]) }
            }
        }

        It 'or NodeTooOld says which is too old: <Version>' -Skip:($env:OS -eq 'Windows_NT') -TestCases @(
            @{ Version = 'v22.12.0' }
            @{ Version = 'v8.17.0' }
        ) {
            param($Version)
            Use-FakeEngine
            $env:MIRRORBACKUP_NODE = New-FakeNode "node-$Version" $Version
            $failed = $null
            try { Get-BackupGeneration $set } catch { $failed = $_ }
            $failed.FullyQualifiedErrorId | Should -Be 'NodeTooOld,Get-BackupGeneration'
            $failed.Exception.Message | Should -Match ([regex]::Escape($Version.Substring(1)))
        }

        It 'or NodeNotFound says that the program is no Node.js' -Skip:($env:OS -eq 'Windows_NT') {
            Use-FakeEngine
            $env:MIRRORBACKUP_NODE = New-FakeNode 'node-odd' 'hello'
            { Get-BackupGeneration $set } | Should -Throw -ErrorId 'NodeNotFound,Get-BackupGeneration'
        }

        It 'on PATH behind one that is too old' -Skip:($env:OS -eq 'Windows_NT') {
            Use-FakeEngine
            $folder = [System.IO.Path]::Combine($TestDrive, 'old')
            $null = New-Item -ItemType Directory -Path $folder
            $null = New-FakeNode ([System.IO.Path]::Combine('old', 'node')) 'v18.0.0'
            $path = $env:PATH
            try {
                $env:MIRRORBACKUP_NODE = $null
                $env:PATH = $folder + [System.IO.Path]::PathSeparator + $path
                @(Get-BackupGeneration $set).Count | Should -Be 3
            }
            finally { $env:PATH = $path }
        }

        It 'in a folder with odd characters' {
            $folder = [System.IO.Path]::Combine($TestDrive, "it's [x] & `$y")
            $null = New-Item -ItemType Directory -Path $folder -Force
            $copy = [System.IO.Path]::Combine($folder, 'fake engine.mjs')
            [System.IO.File]::Copy([System.IO.Path]::Combine($PSScriptRoot, 'fixtures', 'fake-engine.mjs'), $copy)
            Use-FakeEngine
            Set-EnginePath $copy
            @(Get-BackupGeneration $set).Count | Should -Be 3
        }
    }

    Context 'is understood' {
        It 'and <Scenario> is <Id>' -TestCases @(
            @{ Scenario = 'vanishes'; Id = 'EngineStopped' }
            @{ Scenario = 'dies'; Id = 'EngineStopped' }
            @{ Scenario = 'cut'; Id = 'EngineStopped' }
            @{ Scenario = 'garbage'; Id = 'EngineOutputInvalid' }
            @{ Scenario = 'deafness'; Id = 'ParseError' }
            @{ Scenario = 'otherVersion'; Id = 'ProtocolVersionNotSupported' }
        ) {
            param($Scenario, $Id)
            Use-FakeEngine $Scenario
            $failed = $null
            try { $null = New-MirrorBackup /source $set } catch { $failed = $_ }
            $failed.FullyQualifiedErrorId | Should -Be "$Id,New-MirrorBackup"
            $failed.Exception.Message | Should -Not -Match '[\x00-\x1f]'
            Get-FakeEngineProcess | Should -BeNullOrEmpty
        }

        It 'and one of another version gets no request that changes something, and <Command> outputs nothing' -TestCases @(
            @{ Command = 'New'; Sent = 0 }
            @{ Command = 'Remove'; Sent = 0 }
            @{ Command = 'Get'; Sent = 1 }
            @{ Command = 'Compare'; Sent = 1 }
        ) {
            param($Command, $Sent)
            Use-FakeEngine otherVersion
            $output = [System.Collections.Generic.List[object]]::new()
            $failed = $null
            try {
                switch ($Command) {
                    'New' { New-MirrorBackup /source $set | ForEach-Object -Process { $output.Add($_) } }
                    'Remove' { Remove-BackupGeneration $set 2026-11-23T101500Z -Force | ForEach-Object -Process { $output.Add($_) } }
                    'Get' { Get-BackupGeneration $set | ForEach-Object -Process { $output.Add($_) } }
                    'Compare' { Compare-BackupGeneration $set a b | ForEach-Object -Process { $output.Add($_) } }
                }
            }
            catch { $failed = $_ }
            $failed.FullyQualifiedErrorId | Should -BeLike 'ProtocolVersionNotSupported,*'
            $output.Count | Should -Be 0
            @(Get-FakeEngineRequest '*Generation*').Count | Should -BeLessOrEqual $Sent
        }

        It 'and what comes before it has named its version is not lost' {
            Use-FakeEngine slowHandshake
            @(Compare-BackupGeneration $set a b).Count | Should -Be 2
            @(Get-BackupGeneration $set).Count | Should -Be 3
        }

        It 'and its last words are in the error' {
            Use-FakeEngine dies
            $failed = $null
            try { $null = New-MirrorBackup /source $set } catch { $failed = $_ }
            $failed.Exception.Message | Should -Match 'exit code 7'
            $failed.Exception.Message | Should -Match 'out of memory'
        }

        It 'however much it writes to both of its streams' {
            Use-FakeEngine flood
            @(New-MirrorBackup /source $set).Count | Should -Be 2001
        }
    }

    Context 'ends' {
        It 'with the cmdlet' {
            Use-FakeEngine
            $null = Get-BackupGeneration $set
            Get-FakeEngineProcess | Should -BeNullOrEmpty
            @(Read-FakeEngineLog)[-1] | Should -Be 'closed'
        }

        It 'when a later command has enough, and its request is cancelled' {
            Use-FakeEngine endless
            @(Compare-BackupGeneration $set a b | Select-Object -First 3).Count | Should -Be 3
            Get-FakeEngineProcess | Should -BeNullOrEmpty
            @(Get-FakeEngineRequest '$/cancelRequest').Count | Should -Be 1
        }

        It 'when the caller leaves the loop' {
            Use-FakeEngine endless
            foreach ($once in 1) {
                Compare-BackupGeneration $set a b | ForEach-Object -Process { break }
            }
            Get-FakeEngineProcess | Should -BeNullOrEmpty
        }

        It 'when the next command fails' {
            Use-FakeEngine endless
            { Compare-BackupGeneration $set a b | ForEach-Object -Process { throw 'enough' } } | Should -Throw 'enough'
            Get-FakeEngineProcess | Should -BeNullOrEmpty
        }

        It 'by force if it does not listen' {
            Use-FakeEngine stubborn
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            @(Compare-BackupGeneration $set a b | Select-Object -First 1).Count | Should -Be 1
            Get-FakeEngineProcess | Should -BeNullOrEmpty
            $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 4
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 15
        }

        It 'at Ctrl+C while it says <Scenario>' -TestCases @(
            @{ Scenario = 'endless' }
            @{ Scenario = 'silent' }
        ) {
            param($Scenario)
            Use-FakeEngine $Scenario
            $module = Get-Module -Name MirrorBackup
            $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            try {
                $null = $shell.AddScript({
                        param($manifest, $engine)
                        Import-Module -Name $manifest
                        & (Get-Module -Name MirrorBackup) { param($path) $script:EnginePath = $path } $engine
                        Compare-BackupGeneration /set a b
                    }).AddArgument([System.IO.Path]::Combine($module.ModuleBase, 'MirrorBackup.psd1')).AddArgument([System.IO.Path]::Combine($PSScriptRoot, 'fixtures', 'fake-engine.mjs'))
                $running = $shell.BeginInvoke()
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                while (-not @(Get-FakeEngineRequest) -and $clock.Elapsed.TotalSeconds -lt 30) { [System.Threading.Thread]::Sleep(50) }
                @(Get-FakeEngineProcess).Count | Should -Be 1
                $clock.Restart()
                $shell.Stop()
                $clock.Elapsed.TotalSeconds | Should -BeLessThan 4
                Get-FakeEngineProcess | Should -BeNullOrEmpty
                @(Get-FakeEngineRequest '$/cancelRequest').Count | Should -Be 1
            }
            finally {
                $shell.Dispose()
            }
        }
    }
}
