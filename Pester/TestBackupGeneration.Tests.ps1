# Test-BackupGeneration against a stand-in for the engine, and once against the engine itself.
Describe 'Test-BackupGeneration' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"
        $set = [System.IO.Path]::Combine($TestDrive, 'set')
    }
    BeforeEach {
        Use-FakeEngine
    }
    AfterEach {
        Reset-Engine
    }

    It 'has these parameters' {
        Get-ParameterContract 'Test-BackupGeneration' | Should -Be @(
            'SetPath [String] mandatory position=0 by-name alias=Destination'
            'Name [String[]] position=1 by-name'
            'Content [SwitchParameter]'
            'SamplePercent [Int32]'
        )
    }

    It 'outputs what is damaged, and a summary' {
        $found = @(Test-BackupGeneration $set -Content)
        $found.Count | Should -Be 3
        $found[0].PSTypeNames[0] | Should -Be 'MirrorBackup.Damage'
        "$($found[0].Kind) $($found[0].Path) $($found[0].Expected) $($found[0].Actual)" | Should -Be 'ContentDamaged docs/a.txt SHA-256 00 SHA-256 01'
        $found[0].Generations.Count | Should -Be 3
        $found[0].Paths[0] | Should -Be '2026-11-21T101500Z/docs/a.txt'
        $found[0].NativeError | Should -BeNullOrEmpty
        $found[1].NativeError | Should -Be 'EIO (5): Input/output error'
        $found[2].PSTypeNames[0] | Should -Be 'MirrorBackup.TestResult'
        "$($found[2].IsGood) $($found[2].Damaged) $($found[2].BytesRead) $($found[2].Generations)" | Should -Be 'False 2 5000000001 2026-11-23T101500Z'
        $found[2].Duration.TotalMilliseconds | Should -Be 250
    }

    It 'asks for what was said, and leaves the rest to the engine' {
        $null = Test-BackupGeneration $set
        $null = Test-BackupGeneration $set '2026-11-2*', 2026-10-01T101500Z -Content -SamplePercent 5
        $sent = @(Get-FakeEngineRequest 'testGenerations')
        $sent[0].params.content | Should -BeFalse
        foreach ($name in 'names', 'samplePercent') { $sent[0].params.PSObject.Properties.Name | Should -Not -Contain $name }
        "$($sent[1].params.names) $($sent[1].params.content) $($sent[1].params.samplePercent)" | Should -Be '2026-11-2* 2026-10-01T101500Z True 5'
    }

    It 'tests what the pipeline brings in one request per set, deserialized objects too' {
        $file = [System.IO.Path]::Combine($TestDrive, 'generations.xml')
        Get-BackupGeneration $set | Export-Clixml -LiteralPath $file
        $result = Import-Clixml -LiteralPath $file | Test-BackupGeneration | Select-Object -Last 1
        $result.Generations.Count | Should -Be 3
        @(Get-FakeEngineRequest 'testGenerations').Count | Should -Be 1
    }

    It 'refuses a sample of nothing' {
        { Test-BackupGeneration $set -SamplePercent 5 } | Should -Throw -ErrorId 'InvalidParameter,Test-BackupGeneration'
        @(Get-FakeEngineRequest).Count | Should -Be 0
    }

    It 'completes names' {
        $line = "Test-BackupGeneration -SetPath '$set' -Name 2026-11-2"
        $completion = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.CompletionText -join ' ' | Should -Be '2026-11-23T101500Z 2026-11-22T101500Z 2026-11-21T101500Z'
    }

    It 'finds a damaged file, and the next backup heals it' {
        Reset-Engine
        $source = [System.IO.Path]::Combine($TestDrive, 'source')
        $real = [System.IO.Path]::Combine($TestDrive, 'real')
        $null = [System.IO.Directory]::CreateDirectory($source)
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, 'a.txt'), 'good')
        $quiet = @{ WarningAction = 'SilentlyContinue' }
        $generation = New-MirrorBackup $source -Destination $real @quiet
        (Test-BackupGeneration $real -Content).IsGood | Should -BeTrue
        $copy = [System.IO.Path]::Combine($generation.Path, 'source', 'a.txt')
        $time = [System.IO.File]::GetLastWriteTimeUtc($copy)
        [System.IO.File]::WriteAllText($copy, 'evil')
        [System.IO.File]::SetLastWriteTimeUtc($copy, $time)
        $found = @($generation | Test-BackupGeneration -Content)
        $found.Count | Should -Be 2
        $found[0].Path | Should -Be 'source/a.txt'
        $healed = New-MirrorBackup $source -Destination $real @quiet
        $healed.CopiedFiles | Should -Be 1
        (Test-BackupGeneration $real -Content).IsGood | Should -BeTrue
        [System.IO.File]::ReadAllText($copy) | Should -Be 'evil'
    }

    It 'finds a file that somebody made read-only, the next backup copies it afresh, and Repair-BackupSet heals it' {
        Reset-Engine
        $source = [System.IO.Path]::Combine($TestDrive, 'plain')
        $real = [System.IO.Path]::Combine($TestDrive, 'plain-set')
        $null = [System.IO.Directory]::CreateDirectory($source)
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, 'a.txt'), 'good')
        $quiet = @{ WarningAction = 'SilentlyContinue' }
        $generation = New-MirrorBackup $source -Destination $real @quiet
        $copy = [System.IO.Path]::Combine($generation.Path, 'plain', 'a.txt')
        $before = [System.IO.File]::GetAttributes($copy)
        [System.IO.File]::SetAttributes($copy, $before -bor [System.IO.FileAttributes]::ReadOnly)
        $found = @($generation | Test-BackupGeneration)
        "$($found[0].Kind) $($found[0].Path)" | Should -Be 'MetadataChanged plain/a.txt'
        $found[0].Actual | Should -Not -Be $found[0].Expected
        (New-MirrorBackup $source -Destination $real @quiet).CopiedFiles | Should -Be 1
        $action = Repair-BackupSet $real -Heal -Confirm:$false | Where-Object -FilterScript { $_.Kind -eq 'Damage' }
        "$($action.Action) $($action.Done)" | Should -Be 'Heal True'
        [System.IO.File]::GetAttributes($copy) | Should -Be $before
        (Test-BackupGeneration $real -Name *).IsGood | Should -BeTrue
    }
}
