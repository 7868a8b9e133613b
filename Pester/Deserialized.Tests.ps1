# Objects that came back from another process (Invoke-Command -ComputerName, jobs, Export-Clixml) are copies of their
# properties. Each cmdlet that takes objects from the pipeline does the same with a copy as with the original.
Describe 'Deserialized objects' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        $set = [System.IO.Path]::Combine($TestDrive, 'set')
        $name = '2026-11-22T101500Z'

        # What remoting and jobs do to an object.
        function Copy-Remotely {
            param([Parameter(ValueFromPipeline = $true)] $InputObject)
            process {
                [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($InputObject))
            }
        }

        # Objects of a kind, as the cmdlets output them.
        function Get-TestObject {
            param([string]$Kind)
            switch ($Kind) {
                'Generation' { Get-BackupGeneration $set }
                'pinned Generation' { Lock-BackupGeneration $set $name -Reason 'mine' }
                'RemovalResult by name' { Remove-BackupGeneration $set $name -Confirm:$false }
                'RemovalResult by name, of -WhatIf' { Remove-BackupGeneration $set $name -WhatIf }
                'RemovalResult by policy' { Remove-BackupGeneration $set -KeepLast 2 -Confirm:$false }
                'Plan' { New-MirrorBackup $TestDrive $set -WhatIf }
                'ItemChange' { Compare-BackupGeneration $set $name }
                'ItemChange of a backup' { New-MirrorBackup $TestDrive $set -OutputItem | Where-Object -FilterScript { $_.Change } }
                'RestoredItem' { Restore-BackupItem $set * -To $TestDrive -ErrorAction SilentlyContinue }
                'ItemVersion' { Find-BackupItem $set 'docs/*' }
                'Space' { Measure-BackupGeneration $set | Where-Object -FilterScript { $_.Name } }
                'FidelityLoss' { (Get-BackupGeneration $set)[0].FidelityLosses }
                'HardLink' { Get-HardLink ([System.IO.Path]::Combine($TestDrive, 'a'), [System.IO.Path]::Combine($TestDrive, 'b')) }
                'ShadowCopy' { Get-ShadowCopy }
                'Job' { Get-BackupJob ([System.IO.Path]::Combine($TestDrive, 'jobs.yml')) }
                'RepairAction' { Repair-BackupSet $set -Confirm:$false }
                'JobResult' { Invoke-BackupJob /jobs.yml -WarningAction SilentlyContinue }
                'JobPlan' { Invoke-BackupJob /jobs.yml -WhatIf -WarningAction SilentlyContinue }
            }
        }

        # Pipes objects to a command, if there are any; returns what the engine was asked for, without the numbers of the
        # requests, and the ids of errors.
        function Get-Request {
            param($InputObject, [string]$Command, $Given)
            Clear-Content -LiteralPath $env:FAKE_ENGINE_LOG
            $failed = @()
            if ($null -eq $InputObject) { $null = & $Command @Given -ErrorVariable failed -ErrorAction SilentlyContinue }
            else { $null = $InputObject | & $Command @Given -ErrorVariable failed -ErrorAction SilentlyContinue }
            $requests = @(Read-FakeEngineLog | Where-Object -FilterScript { $_ -like '{*' -and $_ -notmatch '"initialize"' }) -replace '"id":\d+,', ''
            @($requests) + @($failed | ForEach-Object -Process { $_.FullyQualifiedErrorId }) -join "`n"
        }
    }
    BeforeEach {
        Use-FakeEngine
    }
    AfterEach {
        Reset-Engine
    }

    Context 'bind' {
        It '<Kind> to <Command>' -TestCases @(
            foreach ($kind in 'Generation', 'pinned Generation', 'RemovalResult by name', 'RemovalResult by name, of -WhatIf', 'RemovalResult by policy', 'Space') {
                @{ Kind = $kind; Command = 'Get-BackupGeneration'; Given = @{} }
                @{ Kind = $kind; Command = 'Find-BackupItem'; Given = @{ Path = 'docs/*' } }
                @{ Kind = $kind; Command = 'Measure-BackupGeneration'; Given = @{} }
                @{ Kind = $kind; Command = 'Export-BackupReport'; Given = @{ OutFile = '/reports/a.html' } }
                @{ Kind = $kind; Command = 'Remove-BackupGeneration'; Given = @{ Confirm = $false } }
                @{ Kind = $kind; Command = 'Lock-BackupGeneration'; Given = @{ Reason = 'mine' } }
                @{ Kind = $kind; Command = 'Unlock-BackupGeneration'; Given = @{ Confirm = $false } }
                @{ Kind = $kind; Command = 'Compare-BackupGeneration'; Given = @{ Reference = '2026-11-21T101500Z' } }
                @{ Kind = $kind; Command = 'Restore-BackupItem'; Given = @{ Path = 'docs'; To = '/restored' } }
                @{ Kind = $kind; Command = 'Repair-BackupSet'; Given = @{ Confirm = $false } }
                @{ Kind = $kind; Command = 'Test-BackupGeneration'; Given = @{} }
            }
            @{ Kind = 'Job'; Command = 'Invoke-BackupJob'; Given = @{} }
            foreach ($command in 'Get-BackupGeneration', 'Test-BackupGeneration', 'Measure-BackupGeneration', 'Invoke-BackupJob') { @{ Kind = 'JobResult'; Command = $command; Given = @{} } }
            @{ Kind = 'JobResult'; Command = 'Find-BackupItem'; Given = @{ Path = 'docs/*' } }
            @{ Kind = 'ItemVersion'; Command = 'Restore-BackupItem'; Given = @{ To = '/restored' } }
            @{ Kind = 'ItemChange'; Command = 'Restore-BackupItem'; Given = @{ SetPath = '/set'; To = '/restored' } }
            @{ Kind = 'HardLink'; Command = 'Get-HardLink'; Given = @{} }
            @{ Kind = 'HardLink'; Command = 'New-HardLink'; Given = @{ Target = '/docs/a' } }
            @{ Kind = 'Job'; Command = 'Get-BackupJob'; Given = @{} }
            @{ Kind = 'Job'; Command = 'Test-BackupJob'; Given = @{ MaximumAge = '26h' } }
            @{ Kind = 'ShadowCopy'; Command = 'Mount-ShadowCopy'; Given = @{ Path = '/mnt/shadow' } }
            @{ Kind = 'ShadowCopy'; Command = 'Dismount-ShadowCopy'; Given = @{} }
            @{ Kind = 'ShadowCopy'; Command = 'Remove-ShadowCopy'; Given = @{ Confirm = $false } }
        ) {
            param($Kind, $Command, $Given)
            $live = @(Get-TestObject $Kind)
            $live.Count | Should -BeGreaterThan 0
            $expected = Get-Request $live $Command $Given
            $expected | Should -Not -BeNullOrEmpty
            Get-Request @($live | Copy-Remotely) $Command $Given | Should -Be $expected
            Get-Request @($live | Copy-Remotely | Copy-Remotely) $Command $Given | Should -Be $expected -Because 'they were sent back'
        }

        It 'to every cmdlet that takes objects from the pipeline' {
            $tested = 'Get-BackupGeneration', 'Remove-BackupGeneration', 'Lock-BackupGeneration', 'Unlock-BackupGeneration', 'Compare-BackupGeneration',
            'Restore-BackupItem', 'Repair-BackupSet', 'Test-BackupGeneration', 'Find-BackupItem', 'Measure-BackupGeneration', 'Export-BackupReport', 'Get-HardLink', 'New-HardLink', 'Mount-ShadowCopy', 'Dismount-ShadowCopy', 'Remove-ShadowCopy', 'Get-BackupJob', 'Test-BackupJob', 'Invoke-BackupJob'
            # These take folders and volumes.
            $tested += 'New-MirrorBackup', 'New-ShadowCopy', 'Import-BackupGeneration'
            # These take jobs: see RegisterBackupJob.Tests.ps1.
            $tested += 'Register-BackupJob', 'Unregister-BackupJob'
            foreach ($command in (Get-Module -Name MirrorBackup).ExportedCommands.Values) {
                $takes = @($command.Parameters.Values | Where-Object -FilterScript { $_.ParameterSets.Values | Where-Object -FilterScript { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName } })
                if ($takes) { $tested | Should -Contain $command.Name }
            }
        }

        It 'the sources of a generation to New-MirrorBackup' {
            $generation = (Get-TestObject 'Generation')[0]
            $given = @{ Destination = $set }
            Get-Request ($generation | Copy-Remotely).Sources 'New-MirrorBackup' $given | Should -Be (Get-Request $generation.Sources 'New-MirrorBackup' $given)
        }

        It 'a generation to -<Parameter> of <Command>' -TestCases @(
            @{ Command = 'Compare-BackupGeneration'; Parameter = 'Reference'; Given = @{} }
            @{ Command = 'Compare-BackupGeneration'; Parameter = 'Difference'; Given = @{ Reference = '2026-11-21T101500Z' } }
            @{ Command = 'Restore-BackupItem'; Parameter = 'Generation'; Given = @{ Path = 'docs'; To = '/restored' } }
        ) {
            param($Command, $Parameter, $Given)
            $generation = (Get-TestObject 'Generation')[1]
            $expected = Get-Request $null $Command ($Given + @{ $Parameter = $generation })
            $expected | Should -Match '2026-11-22T101500Z'
            Get-Request $null $Command ($Given + @{ $Parameter = ($generation | Copy-Remotely) }) | Should -Be $expected
        }

        It 'the time of a generation to -<Parameter> of <Command>' -TestCases @(
            @{ Command = 'Get-BackupGeneration'; Parameter = 'Before'; Given = @{} }
            @{ Command = 'Get-BackupGeneration'; Parameter = 'After'; Given = @{} }
            @{ Command = 'Find-BackupItem'; Parameter = 'Before'; Given = @{ Path = 'docs/*' } }
            @{ Command = 'New-MirrorBackup'; Parameter = 'NewerThan'; Given = @{ Source = '/docs' } }
        ) {
            param($Command, $Parameter, $Given)
            $live = (Get-TestObject 'Generation')[0].CreatedAt
            $copy = (Get-TestObject 'Generation' | Copy-Remotely)[0].CreatedAt
            $sent = foreach ($time in $live, $copy) {
                $all = $Given + @{ $Parameter = $time }
                if ($Command -like 'New-*') { $all['Destination'] = $set } else { $all['SetPath'] = $set }
                Get-Request $null $Command $all
            }
            $sent[1] | Should -Be $sent[0]
            $sent[0] | Should -Match '2026-11-23T10:15:00.1234567Z'
        }
    }

    Context 'of folders and files' {
        BeforeAll {
            $null = [System.IO.Directory]::CreateDirectory($set)
            [System.IO.File]::WriteAllText([System.IO.Path]::Combine($set, 'file'), 'x')
        }

        It 'bind to <Command>' -TestCases @(
            @{ Command = 'Get-BackupGeneration'; Kind = 'Directory' }
            @{ Command = 'New-MirrorBackup'; Kind = 'Directory' }
            @{ Command = 'Get-HardLink'; Kind = 'File' }
        ) {
            param($Command, $Kind)
            $path = if ($Kind -eq 'File') { [System.IO.Path]::Combine($set, 'file') } else { $set }
            $given = if ($Command -eq 'New-MirrorBackup') { @{ Destination = '/set' } } else { @{} }
            $item = Get-Item -LiteralPath $path
            $expected = Get-Request $item $Command $given
            $expected | Should -Not -BeNullOrEmpty
            Get-Request ($item | Copy-Remotely) $Command $given | Should -Be $expected
        }
    }

    Context 'keep' {
        It 'what <Kind> is made of' -TestCases @(
            foreach ($kind in 'Generation', 'pinned Generation', 'RemovalResult by name', 'RemovalResult by name, of -WhatIf', 'RemovalResult by policy', 'Plan', 'ItemChange',
                'ItemChange of a backup', 'RestoredItem', 'ItemVersion', 'Space', 'FidelityLoss', 'HardLink', 'ShadowCopy', 'RepairAction', 'JobResult', 'JobPlan') { @{ Kind = $kind } }
        ) {
            param($Kind)
            $live = @(Get-TestObject $Kind)
            $copies = @($live | Copy-Remotely)
            $copies.Count | Should -Be $live.Count
            for ($index = 0; $index -lt $live.Count; $index++) {
                $copies[$index].PSTypeNames[0] | Should -Be "Deserialized.$($live[$index].PSTypeNames[0])"
                foreach ($property in $live[$index].PSObject.Properties) {
                    $copy = $copies[$index].($property.Name)
                    $because = "$Kind.$($property.Name)"
                    if ($property.Value -is [long] -or $property.Value -is [bool] -or $property.Value -is [datetime] -or $property.Value -is [timespan]) { $copy | Should -BeOfType $property.Value.GetType() -Because $because }
                    # A list comes back as one of another type, which shows where an object with lists is a text.
                    ([string]$copy).Replace('System.Collections.ArrayList', 'System.Object[]') | Should -Be ([string]$property.Value) -Because $because
                    @($copy).Count | Should -Be @($property.Value).Count -Because $because
                }
            }
        }

        It 'how <Kind> is shown, as <Format>' -TestCases @(
            foreach ($kind in 'Generation', 'pinned Generation', 'RemovalResult by policy', 'Plan', 'ItemChange', 'RestoredItem', 'ItemVersion', 'Space', 'FidelityLoss', 'HardLink', 'ShadowCopy', 'RepairAction', 'JobResult', 'JobPlan') {
                foreach ($format in 'Default', 'List') { @{ Kind = $kind; Format = $format } }
            }
        ) {
            param($Kind, $Format)
            $live = @(Get-TestObject $Kind)
            $shown = foreach ($objects in $live, @($live | Copy-Remotely)) {
                if ($Format -eq 'List') { $objects | Format-List | Out-String -Width 220 } else { $objects | Out-String -Width 220 }
            }
            $shown[1] | Should -Be $shown[0]
            $shown[0].Trim() | Should -Not -BeNullOrEmpty
        }
    }
}
