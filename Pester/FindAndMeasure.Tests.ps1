# Find-BackupItem, Measure-BackupGeneration and comparisons of content, with the engine and real files.
Describe 'Find-BackupItem and Measure-BackupGeneration' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"
        $source = [System.IO.Path]::Combine($TestDrive, 'data')
        $set = [System.IO.Path]::Combine($TestDrive, 'set')
        $null = New-Item -ItemType Directory -Path $source, $set
        $report = [System.IO.Path]::Combine($source, 'report [1].txt')
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, 'same.bin'), 'x' * 9000)
        [System.IO.File]::WriteAllText($report, 'one')
        $made = @(New-MirrorBackup $source -Destination $set -WarningAction Ignore)
        [System.IO.File]::WriteAllText($report, 'two!')
        $made += New-MirrorBackup $source -Destination $set -WarningAction Ignore
        $made += New-MirrorBackup $source -Destination $set -WarningAction Ignore
    }

    It 'have these parameters' {
        Get-ParameterContract 'Find-BackupItem' | Should -Be @(
            'SetPath [String] mandatory position=0 by-name alias=Destination'
            'Path [String[]] set=Path mandatory position=1'
            'LiteralPath [String[]] set=LiteralPath mandatory'
            'Name [String[]] by-name'
            'Before [Object]'
            'After [Object]'
        )
        Get-ParameterContract 'Measure-BackupGeneration' | Should -Be @(
            'SetPath [String] mandatory position=0 by-name alias=Destination'
            'Name [String[]] position=1 by-name'
            'Top [Int32]'
            'MaxLinks [Int32]'
        )
    }

    It 'finds what Restore-BackupItem restores, each version from a generation that has it' {
        foreach ($content in 'one', 'two!') {
            $to = [System.IO.Path]::Combine($TestDrive, "restored $content")
            $version = Find-BackupItem $set 'report*' | Where-Object -FilterScript { $_.Length -eq $content.Length }
            $restored = @($version | Restore-BackupItem -To $to)
            $restored.Path | Should -Be 'data/report [1].txt'
            [System.IO.File]::ReadAllText([System.IO.Path]::Combine($to, 'report [1].txt')) | Should -Be $content
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($version))
            @($copy | Restore-BackupItem -To $to -WhatIf).Path | Should -Be 'data/report [1].txt'
        }
    }

    It 'compares what Restore-BackupItem restores' {
        $to = [System.IO.Path]::Combine($TestDrive, 'changed')
        $changes = @(Compare-BackupGeneration $set -Reference $made[0].Name -Difference $made[1].Name)
        $changes.Path | Should -Be 'data/report [1].txt'
        @($changes | Restore-BackupItem -SetPath $set -Generation $made[0].Name -To $to).Path | Should -Be 'data/report [1].txt'
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($to, 'report [1].txt')) | Should -Be 'one'
    }

    It 'finds one version for each content' {
        $versions = @(Find-BackupItem $set 'report*')
        $versions.Count | Should -Be 2
        $versions[0].PSTypeNames[0] | Should -Be 'MirrorBackup.ItemVersion'
        $versions[0].Generations | Should -Be @($made[0].Name)
        $versions[1].Generations | Should -Be @($made[1].Name, $made[2].Name)
        $versions[1].Generation | Should -Be $made[2].Name
        $versions[1].Path | Should -Be 'data/report [1].txt'
        $versions[1].Length | Should -Be 4
        [System.IO.File]::ReadAllText($versions[0].FullName) | Should -Be 'one'
    }

    It 'finds names with brackets' {
        @(Find-BackupItem $set -LiteralPath 'data/report [1].txt').Count | Should -Be 2
        @(Find-BackupItem $set 'report [[]1].txt').Count | Should -Be 2
        @(Find-BackupItem $set 'report [1].txt').Count | Should -Be 2
        @(Find-BackupItem $set 'report [2].txt').Count | Should -Be 0
    }

    It 'looks only into the generations that were asked for' {
        @($made[0] | Find-BackupItem -Path '**/*.txt').Count | Should -Be 1
        @(Find-BackupItem $set '*.txt' -Name $made[2].Name).Generations | Should -Be @($made[2].Name)
        @(Find-BackupItem $set '*.txt' -After $made[1].CreatedAt.AddHours(1)).Count | Should -Be 0
    }

    It 'stops where the pipeline stops' {
        (Find-BackupItem $set '**' | Select-Object -First 1).Path | Should -Be 'data'
    }

    It 'measures, and says what removal then frees' {
        $space = @($made[0], $made[1] | Measure-BackupGeneration)
        $space.Count | Should -Be 3
        $space[0].PSTypeNames[0] | Should -Be 'MirrorBackup.Space'
        $space[2].PSTypeNames[0] | Should -Be 'MirrorBackup.SpaceTotal'
        $space[2].Generations | Should -Be @($made[0].Name, $made[1].Name)
        $space[2].Estimated | Should -Be $false
        $space[2].LinkForecast.MostLinks | Should -Be 3
        $copy = [System.IO.Path]::Combine($TestDrive, 'space.xml')
        $space | Export-Clixml -LiteralPath $copy
        (Import-Clixml -LiteralPath $copy)[2].FreedIfRemoved | Should -Be $space[2].FreedIfRemoved
        $removed = @($space[0, 1] | Remove-BackupGeneration -Confirm:$false)
        $removed.FreedBytes | Should -Be $space[0, 1].FreedIfRemoved
        ($removed | Measure-Object FreedBytes -Sum).Sum | Should -Be $space[2].FreedIfRemoved
    }

    It 'finds content that changed without size and time' {
        $path = [System.IO.Path]::Combine($source, 'same.bin')
        $time = [System.IO.File]::GetLastWriteTimeUtc($path)
        [System.IO.File]::WriteAllText($path, 'y' * 9000)
        [System.IO.File]::SetLastWriteTimeUtc($path, $time)
        $change = @(Compare-BackupGeneration $set -Source $source -Comparison Content)
        $change.Path | Should -Be 'data/same.bin'
        $change.Change | Should -Be 'Modified'
        $made = New-MirrorBackup $source -Destination $set -Comparison Content -WarningAction Ignore
        $made.Modified | Should -Be 1
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($made.Path, 'data', 'same.bin')) | Should -Be ('y' * 9000)
    }

    It 'reports a generation that is not there' {
        { Measure-BackupGeneration $set '2020-01-01T000000Z' -ErrorAction Stop } | Should -Throw -ErrorId 'GenerationNotFound,Measure-BackupGeneration'
        { Find-BackupItem $set '*' -Name '2020-01-01T000000Z' -ErrorAction Stop } | Should -Throw -ErrorId 'GenerationNotFound,Find-BackupItem'
    }
}
