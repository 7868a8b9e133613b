# Get-BackupGeneration against a stand-in for the engine.
Describe 'Get-BackupGeneration' {
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
        Get-ParameterContract 'Get-BackupGeneration' | Should -Be @(
            'SetPath [String[]] mandatory position=0 by-value by-name alias=Destination'
            'Name [String[]] position=1 by-name'
            'Latest [SwitchParameter]'
            'Before [Object]'
            'After [Object]'
            'State [String[]] values=Complete,Partial,Incomplete'
        )
    }

    It 'outputs the generations, oldest first' {
        $generations = @(Get-BackupGeneration $set)
        $generations.Name -join ' ' | Should -Be '2026-11-21T101500Z 2026-11-22T101500Z 2026-11-23T101500Z'
        $generations[0].PSTypeNames[0] | Should -Be 'MirrorBackup.Generation'
    }

    It 'finds <Expected> by <Name>' -TestCases @(
        @{ Name = '2026-11-22T101500Z'; Expected = '2026-11-22T101500Z' }
        @{ Name = '*-2[12]T*'; Expected = '2026-11-21T101500Z 2026-11-22T101500Z' }
        @{ Name = @('*-23*', '2026-11-21t101500z', '*-23*'); Expected = '2026-11-21T101500Z 2026-11-23T101500Z' }
    ) {
        param($Name, $Expected)
        (Get-BackupGeneration $set $Name).Name -join ' ' | Should -Be $Expected
    }

    It 'finds the latest that matches' {
        (Get-BackupGeneration $set '*-2[12]*' -Latest).Name | Should -Be '2026-11-22T101500Z'
    }

    It 'reports a name that does not exist, but not a wildcard' {
        $found = Get-BackupGeneration $set '2026-11-22T101500Z', '1999-01-01T000000Z' -ErrorVariable failed -ErrorAction SilentlyContinue
        @($found).Count | Should -Be 1
        @($failed).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'GenerationNotFound,Get-BackupGeneration'
        Get-BackupGeneration $set '1999*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'hands the other conditions to the engine' {
        $null = Get-BackupGeneration $set -Before '2026-11-23T10:15:00Z' -After ([datetime]::new(2026, 1, 2, 3, 4, 5, [System.DateTimeKind]::Utc)) -State Partial, Incomplete
        $log = (Read-FakeEngineLog) -join ' '
        $log | Should -Match '"before":"2026-11-23T10:15:00\.0000000Z"'
        $log | Should -Match '"after":"2026-01-02T03:04:05\.0000000Z"'
        $log | Should -Match '"state":\["Partial","Incomplete"\]'
    }

    It 'takes <Kind> from the pipeline' -TestCases @(
        @{ Kind = 'paths'; Value = @('/set1', '/set2') }
        @{ Kind = 'objects'; Value = @([pscustomobject]@{ SetPath = '/set1' }, [pscustomobject]@{ Destination = '/set2' }) }
        @{ Kind = 'folders'; Value = @([System.IO.DirectoryInfo]'/set1', [System.IO.DirectoryInfo]'/set2') }
    ) {
        param($Kind, $Value)
        $generations = @($Value | Get-BackupGeneration)
        $generations.Count | Should -Be 6
        ($generations.SetPath | ForEach-Object -Process { $_.Substring($_.Length - 4) } | Select-Object -Unique) -join ' ' | Should -Be 'set1 set2'
        Measure-FakeEngineStart | Should -Be 1
    }

    It 'takes generations from the pipeline' {
        $again = Get-BackupGeneration $set -Latest | Get-BackupGeneration
        $again.Name | Should -Be '2026-11-23T101500Z'
    }

    It 'reports a set that fails and goes on' {
        Use-FakeEngine firstSetFails
        $generations = '/bad', '/good' | Get-BackupGeneration -ErrorVariable failed -ErrorAction SilentlyContinue
        @($generations).Count | Should -Be 3
        $failed[0].FullyQualifiedErrorId | Should -Be 'SetNotFound,Get-BackupGeneration'
    }

    It 'stops at a set that fails if it is the only one' {
        Use-FakeEngine firstSetFails
        { Get-BackupGeneration /bad } | Should -Throw -ErrorId 'SetNotFound,Get-BackupGeneration'
    }

    It 'completes names' {
        $line = "Get-BackupGeneration -SetPath '$set' -Name 2026-11-2"
        $completion = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.CompletionText -join ' ' | Should -Be '2026-11-23T101500Z 2026-11-22T101500Z 2026-11-21T101500Z'
    }

    It 'completes names for Compare-BackupGeneration' {
        $line = "Compare-BackupGeneration '$set' -Difference "
        $completion = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches[0].CompletionText | Should -Be '2026-11-23T101500Z'
    }

    It 'completes quietly if there is no set' {
        Use-FakeEngine error
        $line = "Remove-BackupGeneration -SetPath '$set' -Name 2026-11-2"
        { [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null) } | Should -Not -Throw
    }
}
