# Lock-BackupGeneration and Unlock-BackupGeneration against a stand-in for the engine.
Describe '<Command>' -ForEach @(
    @{ Command = 'Lock-BackupGeneration'; Method = 'pinGenerations'; Pinned = $true }
    @{ Command = 'Unlock-BackupGeneration'; Method = 'unpinGenerations'; Pinned = $false }
) {
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
        $expected = @(
            'SetPath [String] mandatory position=0 by-name alias=Destination'
            'Name [String[]] mandatory position=1 by-name'
        )
        if ($Pinned) { $expected += 'Reason [String]' }
        Get-ParameterContract $Command | Should -Be $expected
    }

    It 'outputs the generations as they are then' {
        $generation = & $Command $set 2026-11-22T101500Z -Confirm:$false
        @($generation).Count | Should -Be 1
        $generation.PSTypeNames[0] | Should -Be 'MirrorBackup.Generation'
        $generation.Pinned | Should -Be $Pinned
        (Get-FakeEngineRequest).method | Should -Be $Method
        (Get-FakeEngineRequest).params.names -join ' ' | Should -Be '2026-11-22T101500Z'
        (Read-FakeEngineLog) -join ' ' | Should -Not -Match '"reason"'
    }

    It 'sends what the pipeline brings in one request per set, deserialized objects too' {
        $file = [System.IO.Path]::Combine($TestDrive, 'generations.xml')
        Get-BackupGeneration $set | Export-Clixml -LiteralPath $file
        @(Import-Clixml -LiteralPath $file | & $Command -Confirm:$false).Count | Should -Be 3
        @(Get-FakeEngineRequest $Method).Count | Should -Be 1
    }

    It 'looks up wildcards' {
        @(& $Command $set '2026-*' -Confirm:$false).Count | Should -Be 3
    }

    It 'with -WhatIf changes nothing' {
        & $Command $set 2026-11-22T101500Z -WhatIf | Should -BeNullOrEmpty
        @(Get-FakeEngineRequest).Count | Should -Be 0
    }

    It 'completes names' {
        $line = "$Command -SetPath '$set' -Name 2026-11-2"
        $completion = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.CompletionText -join ' ' | Should -Be '2026-11-23T101500Z 2026-11-22T101500Z 2026-11-21T101500Z'
    }

    It 'reports a set that fails and goes on' {
        Use-FakeEngine firstSetFails
        $from = [pscustomobject]@{ SetPath = '/bad'; Name = 'a' }, [pscustomobject]@{ SetPath = '/good'; Name = 'b' }
        @($from | & $Command -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be "SetNotFound,$Command"
    }
}

Describe 'The reason of Lock-BackupGeneration' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        Use-FakeEngine
    }
    AfterAll {
        Reset-Engine
    }

    It 'is handed over, also an empty one' {
        (Lock-BackupGeneration /set a -Reason 'mine').PinReason | Should -Be 'mine'
        (Lock-BackupGeneration /set a -Reason '').PinReason | Should -Be ''
    }
}
