# The cmdlets with the real engine, on real files.
Describe 'End to end' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        $onWindows = $env:OS -eq 'Windows_NT'
        $WarningPreference = 'SilentlyContinue' # generations made within a second are named ahead of the clock, with a warning

        function Set-TestFile {
            param([string]$Path, [string]$Text)
            $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Path))
            [System.IO.File]::WriteAllText($Path, $Text)
        }

        function Join-TestPath {
            param([string[]]$Part)
            return [System.IO.Path]::Combine($Part)
        }

        # A source with some files, and the path of a set, for one test.
        function New-TestCase {
            $case = Join-TestPath $TestDrive, ([guid]::NewGuid().ToString('N'))
            $source = Join-TestPath $case, 'docs'
            Set-TestFile (Join-TestPath $source, 'a.txt') 'aaa'
            Set-TestFile (Join-TestPath $source, 'sub', 'b.txt') 'bbbbbb'
            $null = [System.IO.Directory]::CreateDirectory((Join-TestPath $source, 'empty'))
            return @{ Source = $source; Set = Join-TestPath $case, 'set' }
        }

        # Whether two names are one file.
        function Test-SameFile {
            param([string]$First, [string]$Second)
            if ($onWindows) {
                $node = if ($env:MIRRORBACKUP_NODE) { $env:MIRRORBACKUP_NODE } else { 'node.exe' }
                $numbers = & $node -e 'for (const path of process.argv.slice(1)) console.log(String(fs.statSync(path, { bigint: true }).ino))' $First $Second
                return $numbers[0] -eq $numbers[1]
            }
            return (& stat -c '%d:%i' -- $First) -eq (& stat -c '%d:%i' -- $Second)
        }
    }

    Context 'New-MirrorBackup' {
        It 'mirrors the source' {
            $case = New-TestCase
            $generation = New-MirrorBackup $case.Source $case.Set
            $generation.State | Should -Be 'Complete'
            $generation.Name | Should -Match '^\d{4}-\d\d-\d\dT\d{6}Z$'
            $generation.SetPath | Should -Be $case.Set
            $generation.Path | Should -Be (Join-TestPath $case.Set, $generation.Name)
            [System.IO.File]::ReadAllText((Join-TestPath $generation.Path, 'docs', 'sub', 'b.txt')) | Should -Be 'bbbbbb'
            [System.IO.Directory]::Exists((Join-TestPath $generation.Path, 'docs', 'empty')) | Should -BeTrue
            $generation.Files | Should -Be 2
            $generation.CopiedFiles | Should -Be 2
            $generation.LinkedFiles | Should -Be 0
            $generation.Bytes | Should -Be 9
            $generation.CopiedBytes | Should -Be 9
            $generation.Id | Should -Match '^[0-9a-f]{8}-'
            $generation.Sources[0].Name | Should -Be 'docs'
            $generation.Sources[0].Path | Should -Be $case.Source
            [System.Math]::Abs(([System.DateTimeOffset]::Now - $generation.CreatedAt).TotalMinutes) | Should -BeLessThan 5
            $generation.Duration.Ticks | Should -BeGreaterThan 0
        }

        It 'says what it could not keep, and why' {
            $case = New-TestCase
            if ($onWindows -or -not (Get-Command -Name chattr -ErrorAction Ignore)) { return Set-ItResult -Skipped -Because 'flags of files are a matter of Linux' }
            & chattr +d (Join-TestPath $case.Source, 'a.txt')
            if ($LASTEXITCODE) { return Set-ItResult -Skipped -Because 'the file system has no flags' }
            $items = @(New-MirrorBackup $case.Source $case.Set -OutputItem)
            $generation = $items[-1]
            @($generation.FidelityLosses).Count | Should -Be 1
            $generation.FidelityLosses[0].PSTypeNames[0] | Should -Be 'MirrorBackup.FidelityLoss'
            $generation.FidelityLosses[0].Kind | Should -Be 'FileFlags'
            $generation.FidelityLosses[0].Cause | Should -Be 'Design'
            $generation.FidelityLosses[0].Items | Should -Be 1
            $generation.FidelityLosses[0].Examples -join ' ' | Should -Be 'docs/a.txt'
            $generation.State | Should -Be 'Complete'
            $lossy = @($items | Where-Object -FilterScript { $_.Change -and @($_.FidelityLosses).Count })
            $lossy.Path -join ' ' | Should -Be 'docs/a.txt'
            $listed = New-MirrorBackup $case.Source $case.Set | Get-BackupGeneration -Latest
            $listed.LinkedFiles | Should -Be 2
            $listed.FidelityLosses[0].Examples -join ' ' | Should -Be 'docs/a.txt'
        }

        It 'links what did not change, copies what did, and leaves the generation before alone' {
            $case = New-TestCase
            $first = New-MirrorBackup $case.Source $case.Set
            Set-TestFile (Join-TestPath $case.Source, 'a.txt') 'changed'
            Set-TestFile (Join-TestPath $case.Source, 'new.txt') 'new'
            $second = New-MirrorBackup $case.Source $case.Set
            $second.Base | Should -Be $first.Name
            $second.LinkedFiles | Should -Be 1
            $second.CopiedFiles | Should -Be 2
            $second.Modified | Should -BeGreaterOrEqual 1
            Test-SameFile (Join-TestPath $first.Path, 'docs', 'sub', 'b.txt') (Join-TestPath $second.Path, 'docs', 'sub', 'b.txt') | Should -BeTrue
            Test-SameFile (Join-TestPath $first.Path, 'docs', 'a.txt') (Join-TestPath $second.Path, 'docs', 'a.txt') | Should -BeFalse
            [System.IO.File]::ReadAllText((Join-TestPath $first.Path, 'docs', 'a.txt')) | Should -Be 'aaa'
            [System.IO.File]::ReadAllText((Join-TestPath $second.Path, 'docs', 'a.txt')) | Should -Be 'changed'
        }

        It 'outputs what changed with -OutputItem' {
            $case = New-TestCase
            $null = New-MirrorBackup $case.Source $case.Set
            [System.IO.File]::Delete((Join-TestPath $case.Source, 'a.txt'))
            Set-TestFile (Join-TestPath $case.Source, 'new.txt') 'new'
            $output = @(New-MirrorBackup $case.Source $case.Set -OutputItem)
            $output[-1].PSTypeNames[0] | Should -Be 'MirrorBackup.Generation'
            $items = @($output | Where-Object -FilterScript { $_.PSTypeNames[0] -eq 'MirrorBackup.ItemChange' -and $_.ItemType -eq 'File' })
            ($items | Sort-Object -Property Path | ForEach-Object -Process { "$($_.Change) $($_.Path)" }) -join ', ' | Should -Be 'Removed docs/a.txt, Added docs/new.txt'
        }

        It 'changes nothing with -WhatIf' {
            $case = New-TestCase
            $output = @(New-MirrorBackup $case.Source $case.Set -WhatIf -OutputItem)
            $output[-1].PSTypeNames[0] | Should -Be 'MirrorBackup.Plan'
            $output[-1].CopiedFiles | Should -Be 2
            $output[-1].FreeBytes | Should -BeGreaterThan 0
            @($output | Where-Object -FilterScript { $_.PSTypeNames[0] -eq 'MirrorBackup.ItemChange' -and $_.ItemType -eq 'File' }).Count | Should -Be 2
            [System.IO.Directory]::Exists($case.Set) | Should -BeFalse
            $null = New-MirrorBackup $case.Source $case.Set
            $null = New-MirrorBackup $case.Source $case.Set -WhatIf
            @(Get-BackupGeneration $case.Set).Count | Should -Be 1
        }

        It 'leaves out what it is told to' {
            $case = New-TestCase
            Set-TestFile (Join-TestPath $case.Source, 'x.tmp') 'x'
            Set-TestFile (Join-TestPath $case.Source, 'large.bin') ('x' * 3000)
            Set-TestFile (Join-TestPath $case.Source, 'cache', 'c.txt') 'c'
            $list = Join-TestPath $TestDrive, 'list.txt'
            [System.IO.File]::WriteAllText($list, "# comment`ncache/`n")
            $generation = New-MirrorBackup $case.Source $case.Set -Exclude '*.tmp' -ExcludeFile $list -MaximumSize 2KB
            $generation.Files | Should -Be 2
            $generation.Excluded | Should -BeGreaterOrEqual 3
            [System.IO.Directory]::Exists((Join-TestPath $generation.Path, 'docs', 'cache')) | Should -BeFalse
        }

        It 'leaves out files by age' {
            $case = New-TestCase
            [System.IO.File]::SetLastWriteTimeUtc((Join-TestPath $case.Source, 'a.txt'), [datetime]::UtcNow.AddDays(-40))
            $generation = New-MirrorBackup $case.Source $case.Set -OlderThan (New-TimeSpan -Days 30)
            $generation.Files | Should -Be 1
            [System.IO.File]::Exists((Join-TestPath $generation.Path, 'docs', 'a.txt')) | Should -BeTrue
        }

        It 'makes no generation with -SkipUnchanged if nothing changed' {
            $case = New-TestCase
            $first = New-MirrorBackup $case.Source $case.Set
            $second = New-MirrorBackup $case.Source $case.Set -SkipUnchanged
            $second.Skipped | Should -BeTrue
            $second.Name | Should -Be $first.Name
            @(Get-BackupGeneration $case.Set).Count | Should -Be 1
        }

        It 'takes several sources with names' {
            $one = New-TestCase
            $two = New-TestCase
            $generation = New-MirrorBackup @{ Path = $one.Source; Name = 'one' }, @{ Path = $two.Source; Name = 'two' } $one.Set
            $generation.Files | Should -Be 4
            [System.IO.File]::Exists((Join-TestPath $generation.Path, 'two', 'a.txt')) | Should -BeTrue
        }

        It 'keeps a file named <Name>' -TestCases @(
            @{ Name = '-rf' }
            @{ Name = '[x]' }
            @{ Name = "it's `$(x)" }
            @{ Name = ([string][char]0xE9 + [char]0x65E5 + [char]0xD83D + [char]0xDE00) }
        ) {
            param($Name)
            $case = New-TestCase
            Set-TestFile (Join-TestPath $case.Source, $Name) 'odd'
            $output = @(New-MirrorBackup $case.Source $case.Set -OutputItem)
            @($output | Where-Object -FilterScript { $_.Path -ceq "docs/$Name" }).Count | Should -Be 1
            [System.IO.File]::ReadAllText((Join-TestPath $output[-1].Path, 'docs', $Name)) | Should -Be 'odd'
        }

        It 'keeps names that are not text, and says which' -Skip:($env:OS -eq 'Windows_NT') {
            $case = New-TestCase
            & sh -c 'cd "$1" && printf odd > "$(printf ''bad\377name'')" && printf odd > "$(printf ''two\nlines'')" && printf odd > "$(printf ''sign\342\220\233FF'')"' sh $case.Source
            $output = @(New-MirrorBackup $case.Source $case.Set -OutputItem)
            $escape = [string][char]0x241B
            $paths = @($output | Where-Object -FilterScript { $_.PSTypeNames[0] -eq 'MirrorBackup.ItemChange' } | ForEach-Object -Process { $_.Path })
            $paths | Should -Contain "docs/bad${escape}FFname"
            $paths | Should -Contain "docs/two`nlines"
            $paths | Should -Contain "docs/sign${escape}E2${escape}90${escape}9BFF"
            $same = & sh -c 'cd "$1" && for f in *; do [ -d "$f" ] || cmp -s -- "$f" "$2/$f" || echo "$f"; done' sh $case.Source (Join-TestPath $output[-1].Path, 'docs')
            $same | Should -BeNullOrEmpty
        }

        It 'takes a source with a name that is not text' -Skip:($env:OS -eq 'Windows_NT') {
            $case = New-TestCase
            & sh -c 'mkdir "$1/$(printf ''bad\377'')" && printf odd > "$1/$(printf ''bad\377'')/f"' sh $TestDrive.ToString()
            $path = Join-TestPath $TestDrive, ('bad' + [char]0x241B + 'FF')
            $generation = New-MirrorBackup $path $case.Set
            $generation.Files | Should -Be 1
            $generation.Sources[0].Path | Should -Be $path
        }

        It 'refuses <Id>' -TestCases @(
            @{ Id = 'SourceNotFound'; Source = 'no-such'; Set = 'set' }
            @{ Id = 'SourceNotDirectory'; Source = 'docs/a.txt'; Set = 'set' }
            @{ Id = 'DestinationInsideSource'; Source = 'docs'; Set = 'docs/set' }
            @{ Id = 'SourceInsideDestination'; Source = 'docs/sub'; Set = 'docs' }
            @{ Id = 'DestinationNotDirectory'; Source = 'docs/sub'; Set = 'docs/a.txt' }
        ) {
            param($Id, $Source, $Set)
            $folder = [System.IO.Path]::GetDirectoryName((New-TestCase).Source)
            $failed = $null
            try { New-MirrorBackup "$folder/$Source" "$folder/$Set" } catch { $failed = $_ }
            $failed.FullyQualifiedErrorId | Should -Be "$Id,New-MirrorBackup"
            $failed.Exception.Data['Id'] | Should -Be $Id
        }

        It 'refuses a source that is suddenly empty' {
            $case = New-TestCase
            $null = New-MirrorBackup $case.Source $case.Set
            [System.IO.Directory]::Delete($case.Source, $true)
            $null = [System.IO.Directory]::CreateDirectory($case.Source)
            { New-MirrorBackup $case.Source $case.Set } | Should -Throw -ErrorId 'SourceEmpty,New-MirrorBackup'
            (New-MirrorBackup $case.Source $case.Set -AllowEmptySource).Files | Should -Be 0
        }

        It 'refuses other sources' {
            $case = New-TestCase
            $other = New-TestCase
            $null = New-MirrorBackup $case.Source $case.Set
            { New-MirrorBackup $case.Source, @{ Path = $other.Source; Name = 'other' } $case.Set } | Should -Throw -ErrorId 'SourceChanged,New-MirrorBackup'
            (New-MirrorBackup $case.Source, @{ Path = $other.Source; Name = 'other' } $case.Set -AllowSourceChange).Files | Should -Be 4
        }

        It 'refuses two sources with one name' {
            $case = New-TestCase
            $other = New-TestCase
            { New-MirrorBackup $case.Source, $other.Source $case.Set } | Should -Throw -ErrorId 'SourceNameConflict,New-MirrorBackup'
        }
    }

    Context 'Get-BackupGeneration' {
        BeforeAll {
            $case = New-TestCase
            $made = @(1..3 | ForEach-Object -Process { New-MirrorBackup $case.Source $case.Set })
        }

        It 'lists what was made, oldest first and the same' {
            $listed = @(Get-BackupGeneration $case.Set)
            $listed.Name -join ' ' | Should -Be ($made.Name -join ' ')
            foreach ($property in $made[1].PSObject.Properties.Name) {
                if ($property -in 'Phases', 'Duration', 'Warnings') { continue } # what is listed was written before the end of the run
                ($listed[1].$property | Out-String) | Should -Be ($made[1].$property | Out-String) -Because $property
            }
        }

        It 'finds by name, wildcard, time and state' {
            (Get-BackupGeneration $case.Set $made[1].Name).Id | Should -Be $made[1].Id
            (Get-BackupGeneration $case.Set -Latest).Name | Should -Be $made[2].Name
            @(Get-BackupGeneration $case.Set '20*').Count | Should -Be 3
            @(Get-BackupGeneration $case.Set -Before $made[1].CreatedAt).Name -join ' ' | Should -Be $made[0].Name
            @(Get-BackupGeneration $case.Set -After $made[1].CreatedAt).Name -join ' ' | Should -Be $made[2].Name
            @(Get-BackupGeneration $case.Set -State Complete).Count | Should -Be 3
            @(Get-BackupGeneration $case.Set -State Incomplete).Count | Should -Be 0
        }

        It 'says that there is no set' {
            { Get-BackupGeneration (Join-TestPath $TestDrive, 'no-such-set') } | Should -Throw -ErrorId 'SetNotFound,Get-BackupGeneration'
        }
    }

    Context 'Compare-BackupGeneration' {
        BeforeAll {
            $case = New-TestCase
            $first = New-MirrorBackup $case.Source $case.Set
            Set-TestFile (Join-TestPath $case.Source, 'a.txt') 'changed'
            Set-TestFile (Join-TestPath $case.Source, 'new.txt') 'new'
            [System.IO.Directory]::Delete((Join-TestPath $case.Source, 'empty'))
            $second = New-MirrorBackup $case.Source $case.Set

            function Get-Text {
                param($Change)
                ($Change | Where-Object -FilterScript { $_.Change -ne 'MetadataChanged' } | Sort-Object -Property Path | ForEach-Object -Process { "$($_.Change) $($_.Path)" }) -join ', '
            }
        }

        It 'shows what changed' {
            Get-Text (Compare-BackupGeneration $case.Set) | Should -Be 'Modified docs/a.txt, Removed docs/empty, Added docs/new.txt'
            Get-Text ($second | Compare-BackupGeneration) | Should -Be 'Modified docs/a.txt, Removed docs/empty, Added docs/new.txt'
        }

        It 'shows it the other way round' {
            Get-Text (Compare-BackupGeneration -Reference $second -Difference $first) | Should -Be 'Modified docs/a.txt, Added docs/empty, Removed docs/new.txt'
        }

        It 'finds nothing between a generation and itself' {
            Compare-BackupGeneration $case.Set $first.Name $first.Name | Should -BeNullOrEmpty
        }

        It 'compares with the live source' {
            [System.IO.File]::Delete((Join-TestPath $case.Source, 'new.txt'))
            Get-Text (Compare-BackupGeneration $case.Set -Source $case.Source) | Should -Be 'Removed docs/new.txt'
        }

        It 'says that there is no such generation' {
            { Compare-BackupGeneration $case.Set '1999-01-01T000000Z' $first.Name } | Should -Throw -ErrorId 'GenerationNotFound,Compare-BackupGeneration'
        }
    }

    Context 'Remove-BackupGeneration' {
        BeforeEach {
            $case = New-TestCase
            $made = @(1..3 | ForEach-Object -Process { New-MirrorBackup $case.Source $case.Set })
        }

        It 'removes a generation and leaves the others' {
            $result = Remove-BackupGeneration $case.Set $made[0].Name -Confirm:$false
            $result.PSTypeNames[0] | Should -Be 'MirrorBackup.RemovalResult'
            $result.Name | Should -Be $made[0].Name
            $result.Action | Should -Be 'Remove'
            $result.Files | Should -Be 2
            # Folders are its own, but take no room on Windows.
            if (-not $onWindows) { $result.FreedBytes | Should -BeGreaterThan 0 }
            [System.IO.Directory]::Exists($made[0].Path) | Should -BeFalse
            [System.IO.File]::ReadAllText((Join-TestPath $made[1].Path, 'docs', 'a.txt')) | Should -Be 'aaa'
            @(Get-BackupGeneration $case.Set).Count | Should -Be 2
        }

        It 'removes several from the pipeline, deserialized ones too' {
            $file = Join-TestPath $TestDrive, 'generations.xml'
            Get-BackupGeneration $case.Set | Select-Object -First 2 | Export-Clixml -LiteralPath $file
            $results = @(Import-Clixml -LiteralPath $file | Remove-BackupGeneration -Confirm:$false)
            $results.Name -join ' ' | Should -Be "$($made[0].Name) $($made[1].Name)"
            (Get-BackupGeneration $case.Set).Name | Should -Be $made[2].Name
        }

        It 'removes nothing with -WhatIf' {
            $result = Remove-BackupGeneration $case.Set $made[0].Name -WhatIf
            $result.Estimated | Should -BeTrue
            if (-not $onWindows) { $result.FreedBytes | Should -BeGreaterThan 0 }
            @(Get-BackupGeneration $case.Set).Count | Should -Be 3
            [System.IO.Directory]::Exists($made[0].Path) | Should -BeTrue
        }

        It 'removes nothing if one of the names does not exist' {
            { Remove-BackupGeneration $case.Set $made[0].Name, '1999-01-01T000000Z' -Confirm:$false } | Should -Throw -ErrorId 'GenerationNotFound,Remove-BackupGeneration'
            @(Get-BackupGeneration $case.Set).Count | Should -Be 3
        }

        It 'keeps the newest without -Force, with an error, and removes the others' {
            $results = @(Remove-BackupGeneration $case.Set '*' -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue)
            ($results | ForEach-Object -Process { "$($_.Action) $($_.Name)" }) -join ', ' | Should -Be "Remove $($made[0].Name), Remove $($made[1].Name), Keep $($made[2].Name)"
            $results[2].Reasons.Count | Should -BeGreaterThan 0
            @($failed).Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -Be 'GenerationIsLast,Remove-BackupGeneration'
            [System.IO.Directory]::Exists($made[2].Path) | Should -BeTrue
            (Remove-BackupGeneration $case.Set $made[2].Name -Force).Action | Should -Be 'Remove'
            @(Get-BackupGeneration $case.Set).Count | Should -Be 0
        }
    }

    Context 'Remove-BackupGeneration by a policy' {
        BeforeEach {
            $case = New-TestCase
            $made = @(1..4 | ForEach-Object -Process { New-MirrorBackup $case.Source $case.Set })
        }

        It 'keeps what the rules keep, and outputs every generation with reasons' {
            $planned = @(Remove-BackupGeneration $case.Set -KeepLast 2 -KeepYearly 1 -WhatIf)
            @(Get-BackupGeneration $case.Set).Count | Should -Be 4
            $results = @(Remove-BackupGeneration $case.Set -KeepLast 2 -KeepYearly 1 -Confirm:$false)
            $results.Name -join ' ' | Should -Be ($made.Name -join ' ')
            $results.Action -join ' ' | Should -Be 'Remove Remove Keep Keep'
            $planned.Action -join ' ' | Should -Be 'Remove Remove Keep Keep'
            foreach ($result in $results) { @($result.Reasons).Count | Should -BeGreaterThan 0 }
            @(Get-BackupGeneration $case.Set).Name -join ' ' | Should -Be ($made[2..3].Name -join ' ')
        }

        It 'refuses <Id>' -TestCases @(
            @{ Id = 'TooManyRemovals'; Given = @{ KeepLast = 1; MaximumRemovals = 2 } }
            @{ Id = 'TimeZoneUnknown'; Given = @{ KeepLast = 1; TimeZone = 'W. Europe Standard Time' } }
            @{ Id = 'PolicyEmpty'; Given = @{ MaximumRemovals = 2 } }
        ) {
            param($Id, $Given)
            { Remove-BackupGeneration $case.Set @Given -Confirm:$false } | Should -Throw -ErrorId "$Id,Remove-BackupGeneration"
            @(Get-BackupGeneration $case.Set).Count | Should -Be 4
        }

        It 'keeps pinned ones, which only -Name and -Force remove' {
            $null = Lock-BackupGeneration $case.Set $made[0].Name -Reason 'mine'
            $results = @(Remove-BackupGeneration $case.Set -KeepLast 1 -Force)
            $results.Action -join ' ' | Should -Be 'Keep Remove Remove Keep'
            $results[0].Reasons -join ' ' | Should -Be 'pinned: mine'
            $result = Remove-BackupGeneration $case.Set $made[0].Name -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
            $result.Action | Should -Be 'Keep'
            $failed[0].FullyQualifiedErrorId | Should -Be 'GenerationPinned,Remove-BackupGeneration'
            (Remove-BackupGeneration $case.Set $made[0].Name -Force).Action | Should -Be 'Remove'
        }
    }

    Context 'Lock-BackupGeneration and Unlock-BackupGeneration' {
        BeforeAll {
            $case = New-TestCase
            $made = @(1..2 | ForEach-Object -Process { New-MirrorBackup $case.Source $case.Set })
        }

        It 'pin generations and set them free, deserialized ones too' {
            $pinned = $made[0] | Lock-BackupGeneration -Reason "two`nlines"
            $pinned.PSTypeNames[0] | Should -Be 'MirrorBackup.Generation'
            $pinned.Pinned | Should -BeTrue
            $pinned.PinReason | Should -Be "two`nlines"
            @(Get-BackupGeneration $case.Set | Where-Object -FilterScript { $_.Pinned }).Name | Should -Be $made[0].Name
            $file = Join-TestPath $TestDrive, 'pinned.xml'
            Get-BackupGeneration $case.Set | Export-Clixml -LiteralPath $file
            @(Import-Clixml -LiteralPath $file | Unlock-BackupGeneration -Confirm:$false).Count | Should -Be 2
            @(Get-BackupGeneration $case.Set | Where-Object -FilterScript { $_.Pinned }).Count | Should -Be 0
        }

        It 'change nothing if one of the names does not exist' {
            { Lock-BackupGeneration $case.Set $made[0].Name, '1999-01-01T000000Z' } | Should -Throw -ErrorId 'GenerationNotFound,Lock-BackupGeneration'
            @(Get-BackupGeneration $case.Set | Where-Object -FilterScript { $_.Pinned }).Count | Should -Be 0
        }
    }
}
