# Restore-BackupItem against a stand-in for the engine, and once against the engine itself.
Describe 'Restore-BackupItem' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"
        $set = [System.IO.Path]::Combine($TestDrive, 'set')
        $to = [System.IO.Path]::Combine($TestDrive, 'to')
        $quiet = @{ ErrorAction = 'SilentlyContinue' }
    }
    BeforeEach {
        Use-FakeEngine
    }
    AfterEach {
        Reset-Engine
    }

    It 'has these parameters' {
        Get-ParameterContract 'Restore-BackupItem' | Should -Be @(
            'SetPath [String] position=0 by-name alias=Destination'
            'Path [String[]] position=1'
            'To [String] set=To mandatory position=2'
            'ToOriginal [SwitchParameter] set=Original mandatory'
            'LiteralPath [String[]] by-name'
            'Generation [Object] by-name alias=Name'
            'Conflict [String] values=Fail,Skip,Overwrite,KeepBoth'
            'AllowDamaged [SwitchParameter]'
        )
        (Get-Command -Name Restore-BackupItem).Parameters.ContainsKey('WhatIf') | Should -BeTrue
    }

    It 'outputs the items, and writes an error for each that failed' {
        $items = @(Restore-BackupItem $set 'docs/*.txt' $to -ErrorVariable failed @quiet)
        $items.Count | Should -Be 2
        $items[0].PSTypeNames[0] | Should -Be 'MirrorBackup.RestoredItem'
        "$($items[0].Action) $($items[0].ItemType) $($items[0].Path) $($items[0].Destination)" | Should -Be 'Created File docs/a.txt /restored/docs/a.txt'
        $items[0].Length | Should -Be 5000000001
        $items[0].LastWriteTime.ToUniversalTime().ToString('o') | Should -Be '2026-11-23T10:15:00.1234567Z'
        $items[0].Verified | Should -BeTrue
        $items[1].Condition | Should -Be 'Stale'
        $items[1].FidelityLosses[0].Kind | Should -Be 'Owner'
        @($failed).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'ItemDamaged,Restore-BackupItem'
        $failed[0].TargetObject | Should -Be 'docs/c.txt'
    }

    It 'asks for what was said' {
        $null = Restore-BackupItem $set 'docs/*.txt' $to -Generation 2026-11-22T101500Z -LiteralPath 'docs/[1].txt' -Conflict KeepBoth -AllowDamaged @quiet
        $sent = (Get-FakeEngineRequest 'restoreItems').params
        "$($sent.setPath) $($sent.generation) $($sent.paths) $($sent.literalPaths) $($sent.to)" | Should -Be "$set 2026-11-22T101500Z docs/*.txt docs/[1].txt $to"
        "$($sent.conflict) $($sent.allowDamaged) $($sent.whatIf)" | Should -Be 'KeepBoth True False'
        $sent.PSObject.Properties.Name | Should -Not -Contain 'toOriginal'
    }

    It 'leaves to the engine what was not said' {
        $null = Restore-BackupItem $set -ToOriginal @quiet
        $sent = (Get-FakeEngineRequest 'restoreItems').params
        $sent.toOriginal | Should -BeTrue
        $sent.conflict | Should -Be 'Fail'
        foreach ($name in 'generation', 'paths', 'literalPaths', 'to') { $sent.PSObject.Properties.Name | Should -Not -Contain $name }
    }

    It 'takes generations from the pipeline, deserialized ones too' {
        $file = [System.IO.Path]::Combine($TestDrive, 'generations.xml')
        Get-BackupGeneration $set | Select-Object -First 2 | Export-Clixml -LiteralPath $file
        $null = Import-Clixml -LiteralPath $file | Restore-BackupItem -Path 'docs' -To $to @quiet
        $sent = @(Get-FakeEngineRequest 'restoreItems')
        "$($sent[0].params.generation) $($sent[1].params.generation)" | Should -Be '2026-11-21T101500Z 2026-11-22T101500Z'
        $sent[0].params.setPath | Should -Be $set
        "$($sent[0].params.paths)" | Should -Be 'docs'
    }

    It 'takes a generation as an argument, and the set from it' {
        $generation = Get-BackupGeneration $set -Latest
        $null = Restore-BackupItem -Generation $generation -To $to @quiet
        (Get-FakeEngineRequest 'restoreItems').params.setPath | Should -Be $set
    }

    It 'outputs a plan with -WhatIf' {
        $items = @(Restore-BackupItem $set docs $to -WhatIf @quiet)
        $items[0].Action | Should -Be 'Conflict'
        (Get-FakeEngineRequest 'restoreItems').params.whatIf | Should -BeTrue
    }

    It 'tells the counts in the verbose stream' {
        $text = @(Restore-BackupItem $set docs $to -Verbose @quiet 4>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.VerboseRecord] })
        ($text | Out-String) | Should -Match '1 created, 1 overwritten'
    }

    It 'ends with the error of the engine' {
        Reset-Engine
        Use-FakeEngine 'error'
        { Restore-BackupItem $set docs $to } | Should -Throw -ErrorId 'DestinationFull,Restore-BackupItem'
    }

    It 'refuses <Why>' -TestCases @(
        @{ Why = 'no set'; Arguments = @{ To = '/to'; Generation = 'a' } }
        @{ Why = 'a generation of another set'; Arguments = @{ To = '/to'; SetPath = '/set1'; Generation = @{ SetPath = '/set2'; Name = 'b' } } }
        @{ Why = 'what is no generation'; Arguments = @{ To = '/to'; SetPath = '/set1'; Generation = 5 } }
        @{ Why = 'no destination'; Arguments = @{ SetPath = '/set1'; ToOriginal = $false } }
    ) {
        param($Why, $Arguments)
        { Restore-BackupItem @Arguments } | Should -Throw -ErrorId 'InvalidParameter,Restore-BackupItem'
        Measure-FakeEngineStart | Should -Be 0
    }

    It 'completes names of generations' {
        $text = "Restore-BackupItem '$set' -Generation 2026-11-2"
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null)
        @($found.CompletionMatches)[0].CompletionText | Should -Be '2026-11-23T101500Z'
    }

    It 'brings a file back' {
        Reset-Engine
        $source = [System.IO.Path]::Combine($TestDrive, 'docs')
        $null = [System.IO.Directory]::CreateDirectory($source)
        $null = [System.IO.Directory]::CreateDirectory($set)
        $file = [System.IO.Path]::Combine($source, 'a [1].txt')
        [System.IO.File]::WriteAllText($file, 'content')
        $null = New-MirrorBackup -Source $source -Destination $set -Snapshot None
        foreach ($case in @(
                @{ Text = "Restore-BackupItem '$set' d"; Expected = 'docs' }
                @{ Text = "Restore-BackupItem '$set' docs/"; Expected = "'docs/a ``[1``].txt'" }
                @{ Text = "Restore-BackupItem '$set' -LiteralPath docs/a"; Expected = "'docs/a [1].txt'" }
            )) {
            $found = [System.Management.Automation.CommandCompletion]::CompleteInput($case.Text, $case.Text.Length, $null)
            @($found.CompletionMatches)[0].CompletionText | Should -Be $case.Expected
        }
        [System.IO.File]::Delete($file)
        $items = @(Restore-BackupItem $set -LiteralPath 'docs/a [1].txt' -ToOriginal)
        "$($items.Action) $($items.Destination)" | Should -Be "Created $file"
        [System.IO.File]::ReadAllText($file) | Should -Be 'content'
        { Restore-BackupItem $set -Path 'docs/*' -ToOriginal @quiet } | Should -Throw -ErrorId 'RestoreConflict,Restore-BackupItem'
        @(Restore-BackupItem $set -Path 'docs/*' -ToOriginal -Conflict Skip).Action | Should -Be 'Skipped'
        { Restore-BackupItem $set -Path 'docs/nothing' -To $to -ErrorAction Stop } | Should -Throw -ErrorId 'ItemNotFound,Restore-BackupItem'
        { Restore-BackupItem $set -To ([System.IO.Path]::Combine($set, 'inside')) } | Should -Throw -ErrorId 'RestoreInsideSet,Restore-BackupItem'
    }
}
