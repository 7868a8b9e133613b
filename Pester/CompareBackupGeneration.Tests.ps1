# Compare-BackupGeneration against a stand-in for the engine.
Describe 'Compare-BackupGeneration' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"
        $set = [System.IO.Path]::Combine($TestDrive, 'set')
        $oldest = '2026-11-21T101500Z'
        $middle = '2026-11-22T101500Z'
        $newest = '2026-11-23T101500Z'
    }
    BeforeEach {
        Use-FakeEngine
    }
    AfterEach {
        Reset-Engine
    }

    It 'has these parameters' {
        Get-ParameterContract 'Compare-BackupGeneration' | Should -Be @(
            'SetPath [String] position=0 by-name alias=Destination'
            'Reference [Object] position=1'
            'Difference [Object] set=Generation position=2 by-name alias=Name'
            'Source [Object[]] set=Source mandatory'
            'Comparison [String] set=Source values=Metadata,Content'
        )
    }

    It 'outputs the changes' {
        $changes = @(Compare-BackupGeneration $set $oldest $newest)
        $changes.Count | Should -Be 2
        $changes[0].PSTypeNames[0] | Should -Be 'MirrorBackup.ItemChange'
        $changes[1].Change | Should -Be 'Renamed'
        $changes[1].OldPath | Should -Be 'docs/old.txt'
        $requests = @(Get-FakeEngineRequest)
        $requests.Count | Should -Be 1
        "$($requests[0].params.reference) $($requests[0].params.difference)" | Should -Be "$oldest $newest"
        $requests[0].params.PSObject.Properties.Name | Should -Not -Contain 'sources'
    }

    It 'compares the last two if nothing is named' {
        $null = Compare-BackupGeneration $set
        $sent = (Get-FakeEngineRequest 'compareGenerations').params
        "$($sent.reference) $($sent.difference)" | Should -Be "$middle $newest"
    }

    It 'compares with the one before' {
        $null = Compare-BackupGeneration $set -Difference $middle
        $sent = (Get-FakeEngineRequest 'compareGenerations').params
        "$($sent.reference) $($sent.difference)" | Should -Be "$oldest $middle"
    }

    It 'compares with the newest' {
        $null = Compare-BackupGeneration $set $oldest
        $sent = (Get-FakeEngineRequest 'compareGenerations').params
        "$($sent.reference) $($sent.difference)" | Should -Be "$oldest $newest"
    }

    It 'has nothing to compare the oldest with' {
        { Compare-BackupGeneration $set -Difference $oldest } | Should -Throw -ErrorId 'GenerationNotFound,Compare-BackupGeneration'
    }

    It 'takes objects, and the set from them' {
        $generations = @(Get-BackupGeneration $set)
        $null = Compare-BackupGeneration -Reference $generations[0] -Difference $generations[1]
        $sent = (Get-FakeEngineRequest 'compareGenerations').params
        "$($sent.setPath) $($sent.reference) $($sent.difference)" | Should -Be "$set $oldest $middle"
    }

    It 'takes deserialized objects' {
        $file = [System.IO.Path]::Combine($TestDrive, 'generations.xml')
        Get-BackupGeneration $set | Export-Clixml -LiteralPath $file
        $generations = @(Import-Clixml -LiteralPath $file)
        $null = Compare-BackupGeneration -Reference $generations[0] -Difference $generations[2]
        (Get-FakeEngineRequest 'compareGenerations').params.difference | Should -Be $newest
    }

    It 'compares each generation in the pipeline with the one before' {
        $changes = @(Get-BackupGeneration $set | Compare-BackupGeneration -ErrorVariable failed -ErrorAction SilentlyContinue)
        $changes.Count | Should -Be 4
        @($failed).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'GenerationNotFound,Compare-BackupGeneration'
        $sent = @(Get-FakeEngineRequest 'compareGenerations')
        "$($sent[1].params.reference) $($sent[1].params.difference)" | Should -Be "$middle $newest"
    }

    It 'compares the newest with the live source' {
        $null = Compare-BackupGeneration $set -Source '/data', @{ Path = '/other'; Name = 'mine' }
        $sent = (Get-FakeEngineRequest 'compareGenerations').params
        $sent.reference | Should -Be $newest
        @($sent.sources).Count | Should -Be 2
        $sent.sources[1].name | Should -Be 'mine'
        $sent.PSObject.Properties.Name | Should -Not -Contain 'difference'
    }

    It 'tells the counts in the verbose stream' {
        $text = @(Compare-BackupGeneration $set $oldest $newest -Verbose 4>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.VerboseRecord] })
        ($text | Out-String) | Should -Match '1 added, 0 modified'
    }

    It 'refuses <Why>' -TestCases @(
        @{ Why = 'no set'; Arguments = @{ Reference = 'a' } }
        @{ Why = 'two sets'; Arguments = @{ Reference = @{ SetPath = '/set1'; Name = 'a' }; Difference = @{ SetPath = '/set2'; Name = 'b' } } }
        @{ Why = 'what is no generation'; Arguments = @{ SetPath = '/set1'; Reference = 5 } }
    ) {
        param($Why, $Arguments)
        { Compare-BackupGeneration @Arguments } | Should -Throw -ErrorId 'InvalidParameter,Compare-BackupGeneration'
        Measure-FakeEngineStart | Should -Be 0
    }
}
