# Export-BackupReport with the engine and real sets. What the page looks like is tested in a browser, see test/engine/report.
Describe 'Export-BackupReport' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"
        $source = [System.IO.Path]::Combine($TestDrive, 'data <b>&')
        if ([System.IO.Path]::DirectorySeparatorChar -eq '\') { $source = [System.IO.Path]::Combine($TestDrive, 'data &') }
        $set = [System.IO.Path]::Combine($TestDrive, 'set')
        $out = [System.IO.Path]::Combine($TestDrive, 'out')
        $null = New-Item -ItemType Directory -Path $source, $set, $out
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, 'a.txt'), 'one')
        $made = @(New-MirrorBackup $source -Destination $set -WarningAction Ignore)
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, 'b.txt'), 'two')
        $made += New-MirrorBackup $source -Destination $set -WarningAction Ignore
    }

    It 'has these parameters' {
        Get-ParameterContract 'Export-BackupReport' | Should -Be @(
            'SetPath [String] mandatory position=0 by-name alias=Destination'
            'OutFile [String] mandatory position=1 by-name'
            'Format [String] values=Html,Json,Prometheus'
            'MaximumAge [TimeSpan]'
            'KeepLast [Int32]'
            'KeepHourly [Int32]'
            'KeepDaily [Int32]'
            'KeepWeekly [Int32]'
            'KeepMonthly [Int32]'
            'KeepYearly [Int32]'
            'KeepWithin [TimeSpan]'
            'TimeZone [String]'
            'Top [Int32]'
            'MaxLinks [Int32]'
            'NoClobber [SwitchParameter]'
        )
    }

    It 'writes a page, and outputs the file' {
        $path = [System.IO.Path]::Combine($out, 'page.html')
        $file = Export-BackupReport $set $path
        $file | Should -BeOfType ([System.IO.FileInfo])
        $file.FullName | Should -Be $path
        $text = [System.IO.File]::ReadAllText($path)
        $text | Should -Match '^<!doctype html>'
        $text | Should -Match 'Last complete backup'
        $text | Should -Match 'data (&lt;b&gt;)?&amp;'
        $text | Should -Not -Match 'data <b>'
        @([System.IO.Directory]::GetFiles($out)).Count | Should -Be 1 -Because 'nothing else is left there'
    }

    It 'takes the format from the name of the file, or as it was given' {
        $json = [System.IO.Path]::Combine($out, 'report.json')
        $null = Export-BackupReport $set $json -MaximumAge 1.00:00:00 -KeepLast 1
        $report = [System.IO.File]::ReadAllText($json) | ConvertFrom-Json
        @($report.generations).Count | Should -Be 2
        $report.generations[1].name | Should -Be $made[1].Name
        $report.lastComplete.name | Should -Be $made[1].Name
        $report.health.status | Should -BeIn @('Good', 'Attention')
        @($report.health.findings | Where-Object -FilterScript { $_.id -ne 'SpaceLow' }).Count | Should -Be 0
        @($report.retention.decisions.action) -join ' ' | Should -Be 'Remove Keep'
        $metrics = [System.IO.Path]::Combine($out, 'report.prom')
        $null = Export-BackupReport $set $metrics
        [System.IO.File]::ReadAllText($metrics) | Should -Match '(?m)^mirrorbackup_generation_files\{set="[^"]+"\} 2$'
        $null = Export-BackupReport $set $metrics -Format Json
        ([System.IO.File]::ReadAllText($metrics) | ConvertFrom-Json).formatVersion | Should -Be 1
    }

    It 'replaces a file, but not with -NoClobber' {
        $path = [System.IO.Path]::Combine($out, 'mine.html')
        [System.IO.File]::WriteAllText($path, 'mine')
        { Export-BackupReport $set $path -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'PathExists,Export-BackupReport'
        [System.IO.File]::ReadAllText($path) | Should -Be 'mine'
        $null = Export-BackupReport $set $path
        [System.IO.File]::ReadAllText($path) | Should -Match 'Last complete backup'
    }

    It 'writes nothing with -WhatIf' {
        $path = [System.IO.Path]::Combine($out, 'whatif.html')
        $said = @(Export-BackupReport $set $path -WhatIf)
        $said.Count | Should -Be 0
        [System.IO.File]::Exists($path) | Should -BeFalse
    }

    It 'takes sets from the pipeline, each once' {
        $path = [System.IO.Path]::Combine($out, 'piped.html')
        @(Get-BackupGeneration $set | Export-BackupReport -OutFile $path).Count | Should -Be 1
        $files = @([pscustomobject]@{ SetPath = $set; Computer = 'pc1' } | Export-BackupReport -OutFile { [System.IO.Path]::Combine($out, "$($_.Computer).json") })
        $files[0].Name | Should -Be 'pc1.json'
    }

    It 'does not write two sets into one file' {
        $path = [System.IO.Path]::Combine($out, 'both.html')
        $sets = [pscustomobject]@{ SetPath = $set }, [pscustomobject]@{ SetPath = $out }
        { $sets | Export-BackupReport -OutFile $path -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,Export-BackupReport'
        [System.IO.File]::Exists($path) | Should -BeFalse
    }

    It 'reports one set that fails and goes on with the others' {
        $pairs = [pscustomobject]@{ SetPath = $out; OutFile = [System.IO.Path]::Combine($out, 'no.json') }, [pscustomobject]@{ SetPath = $set; OutFile = [System.IO.Path]::Combine($out, 'yes.json') }
        $files = @($pairs | Export-BackupReport -ErrorVariable failed -ErrorAction SilentlyContinue)
        $files.Name | Should -Be 'yes.json'
        $failed[0].FullyQualifiedErrorId | Should -Be 'SetNotFound,Export-BackupReport'
    }

    It 'refuses <What> with one error' -TestCases @(
        @{ What = 'a folder that is missing'; File = 'nowhere/report.html'; Id = 'FolderNotFound' }
        @{ What = 'a folder'; File = 'out'; Id = 'PathIsDirectory' }
        @{ What = 'a place inside a generation'; File = 'set/{0}/report.html'; Id = 'OutFileInSet' }
        @{ What = 'a place among what belongs to the set'; File = 'set/.mirrorbackup/report.html'; Id = 'OutFileInSet' }
    ) {
        param($What, $File, $Id)
        $path = [System.IO.Path]::Combine($TestDrive, ($File -f $made[0].Name))
        { Export-BackupReport $set $path -ErrorAction Stop } | Should -Throw -ErrorId "$Id,Export-BackupReport"
    }

    It 'refuses a time that is next to nothing' {
        { Export-BackupReport $set ([System.IO.Path]::Combine($out, 'x.html')) -MaximumAge 26 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,Export-BackupReport'
    }
}
