# What the objects look like. Names may hold anything; nothing of it reaches the terminal.
Describe 'Views' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        $escape = [string][char]0x241B
        $evil = "a$([char]27)[31m`nb"
        $safe = "a${escape}1B[31m${escape}0Ab"
        $generation = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.Generation'; SetPath = "/set/$evil"; Name = '2026-11-23T101500Z'; Path = "/set/$evil/2026-11-23T101500Z"; Id = 'id'
            CreatedAt = [System.DateTimeOffset]::new(2026, 11, 23, 10, 15, 0, [timespan]::Zero); Duration = [timespan]::FromSeconds(75); State = 'Complete'
            Sources = @([pscustomobject]@{ PSTypeName = 'MirrorBackup.Source'; Name = $evil; Path = "/$evil" })
            Snapshot = [pscustomobject]@{ PSTypeName = 'MirrorBackup.Snapshot'; Kind = 'None'; Reason = $evil }
            Files = [long]12345; LinkedFiles = [long]12340; CopiedFiles = [long]5; Bytes = [long]2157969408; CopiedBytes = [long]1536
            Added = [long]3; Modified = [long]2; Renamed = [long]4; Removed = [long]1; FreeBytes = [long]1073741824
            Warnings = @([pscustomobject]@{ PSTypeName = 'MirrorBackup.Warning'; Id = 'x'; Message = $evil; Path = $evil }); Phases = $null
        }
        $item = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.ItemChange'; Change = 'Renamed'; Action = 'Linked'; ItemType = 'File'; Path = "docs/$evil"; OldPath = "docs/old$evil"
            Length = [long]1536; LastWriteTime = [datetime]::new(2026, 11, 23); Reason = $evil
        }
        $removal = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.RemovalResult'; SetPath = "/set/$evil"; Name = '2026-11-23T101500Z'; Path = "/set/$evil"; Action = 'Remove'; Reasons = @($evil)
            FreedBytes = [long]4096; Estimated = $true; Files = [long]2; Directories = [long]1; Duration = [timespan]::FromSeconds(0.25)
        }
        $restored = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.RestoredItem'; Action = 'Created'; ItemType = 'File'; Path = "docs/$evil"; Destination = "/to/$evil"; Length = [long]1536
            LastWriteTime = [datetime]::new(2026, 11, 23); Verified = $true; Condition = 'Stale'; FidelityLosses = @()
        }
        $damage = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.Damage'; Kind = 'Altered'; SetPath = "/set/$evil"; Path = "docs/$evil"; Generations = @('2026-11-22T101500Z', '2026-11-23T101500Z')
            Paths = @("2026-11-22T101500Z/docs/$evil", "2026-11-23T101500Z/docs/$evil"); Expected = "file $evil"; Actual = $evil; NativeError = $evil
        }
        $tested = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.TestResult'; SetPath = "/set/$evil"; Generations = @('2026-11-22T101500Z', '2026-11-23T101500Z'); Items = [long]12345; Copies = [long]6789
            BytesRead = [long]1536; Damaged = [long]1; IsGood = $false; Duration = [timespan]::FromSeconds(75)
        }
        $loss = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.FidelityLoss'; Kind = 'AccessControlList'; Cause = 'Destination'; Reason = "No room $evil"; NativeCode = 28; NativeName = 'ENOSPC'
            Items = [long]12345; Examples = @("docs/$evil", 'docs/b')
        }
        $link = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.HardLink'; Path = "/docs/$evil"; LinkCount = [long]3; FileId = '1234'; Volume = '8:1'; Names = @("/docs/$evil", '/docs/b')
            Length = [long]1536; Complete = $false
        }
        $scheduled = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.ScheduledJob'; Job = 'docs'; Path = "/etc/$evil.yml"; Kind = 'Systemd'; Id = 'mirrorbackup-docs.timer'
            NextRun = [datetime]::new(2026, 11, 23, 2, 30, 0); User = $evil; Enabled = $true; Scope = 'Machine'
        }
        $generation | Add-Member -NotePropertyMembers @{ FidelityLosses = @($loss) }
        $item | Add-Member -NotePropertyMembers @{ FidelityLosses = @($loss) }
        $plan = $generation.PSObject.Copy()
        $plan.PSTypeNames.Insert(0, 'MirrorBackup.Plan')

        $jobResult = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.JobResult'; Job = "docs$evil"; State = 'Partial'; ExitCode = 3; Computer = $evil; File = "/$evil"; Destination = "/set/$evil"
            StartedAt = [System.DateTimeOffset]::new(2026, 11, 23, 10, 15, 0, [timespan]::Zero); EndedAt = $null; Duration = [timespan]::FromSeconds(75); Generation = $generation
            Removed = @($evil); FreedBytes = [long]4096; Damage = [long]1; Reports = @($evil); LogFile = "/logs/$evil"
            Hooks = @([pscustomobject]@{ Stage = 'After'; Command = $evil; ExitCode = 1; Message = $evil })
            Notifications = @([pscustomobject]@{ Channel = 'Mail'; Target = $evil; Sent = $false; Message = $evil })
            Problems = @([pscustomobject]@{ Id = 'HookFailed'; Message = $evil; Path = $evil })
        }
        $jobPlan = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.JobPlan'; Job = "docs$evil"; State = 'Planned'; Computer = $evil; File = "/$evil"; Destination = "/set/$evil"; Plan = $plan
            Removals = @($removal); Hooks = $jobResult.Hooks; Reports = @($evil); Problems = $jobResult.Problems
        }
        $name = '2026-11-23T101500Z'
        $version = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.ItemVersion'; SetPath = '/set'; Path = "docs/$evil/" + 'long name ' * 20; ItemType = 'File'; Length = [long]1536; Hash = 'a' * 64
            LastWriteTime = [datetime]::new(2026, 11, 23); Generation = $name; Generations = @($name) * 123; FirstSeen = $generation.CreatedAt; LastSeen = $generation.CreatedAt; FullName = "/set/$evil"
        }
        $space = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.Space'; SetPath = '/set'; Name = $name; CreatedAt = $generation.CreatedAt; Bytes = [long]1098437885952; ApparentBytes = [long]1; Files = [long]12345678
            UniqueBytes = [long]1072693248; FreedIfRemoved = [long]1098437885952; Introduced = [long]1098437885952; Estimated = $false
        }
        $total = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.SpaceTotal'; SetPath = '/set'; Generations = @($name) * 123; Bytes = [long]1098437885952; ApparentBytes = [long]1; Files = [long]12345678
            UniqueBytes = [long]1072693248; FreedIfRemoved = [long]1098437885952; Introduced = [long]1098437885952; Estimated = $false; LinkForecast = @{ MaxLinks = 1000; MostLinks = 999 }
            GrowingFolders = @(@{ Path = "docs/$evil"; Bytes = [long]1536; Files = [long]12 })
        }
        $copy = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.ShadowCopy'; Id = '{8f1d5a3c-2f5e-4f0b-9d0a-0c2b6c1f7e11}'; Kind = 'Vss'; Volume = "C:\$evil\Projects and other things\"; DevicePath = "/dev/$evil"
            CreatedAt = $generation.CreatedAt; Persistent = $true; Mounts = @('X:', "C:\$evil"); Owner = "MirrorBackup $evil"
        }
        $repair = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.RepairAction'; Kind = 'Generation'; Action = 'Commit'; Done = $true; Path = "/set/$evil/" + 'long name ' * 20; Reason = $evil; Origin = $evil
            Names = @("$name/$evil", "$name/b"); FidelityLosses = @()
        }

        # As shown, without the colours PowerShell adds, and with "." as the decimal point.
        function Get-View {
            param($InputObject, [string]$Format)
            $view = if ($Format -eq 'List') { $InputObject | Format-List } else { $InputObject }
            $text = $view | Out-String -Width 220
            foreach ($style in '[0m', '[32;1m', '[32;1;3m') { $text = $text.Replace([char]27 + $style, '') }
            return $text
        }
    }

    It 'show jobs and what is found about them' {
        $job = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.Job'; Name = 'docs'; Description = $evil; Enabled = $true; Destination = "/set/$evil"; Schedule = 'at 22:30'; Retention = '7 daily'
            Sources = @([pscustomobject]@{ PSTypeName = 'MirrorBackup.Source'; Name = 'all'; Path = "/$evil" }); LastState = 'Partial'; LastRun = $null; LastResult = $null
            Path = "/jobs/$evil.yml"; Line = 3; Settings = [pscustomobject]@{ snapshot = 'Auto' }
        }
        $text = Get-View $job
        $text | Should -Match "Job file: /jobs/$([regex]::Escape($safe))\.yml"
        $text | Should -Match "docs True\s+/set/$([regex]::Escape($safe)) at 22:30 Partial"
        Get-View $job List | Should -Match "Sources\s+: all = /$([regex]::Escape($safe))"
        $test = [pscustomobject]@{
            PSTypeName = 'MirrorBackup.JobTest'; Job = 'docs'; Check = 'Source'; Status = 'Failed'; Passed = $false; Message = "No $evil."; Hint = $evil; Target = $evil
            SetPath = '/set'; Path = '/jobs/a.yml'
        }
        Get-View $test | Should -Match "Failed Source No $([regex]::Escape($safe))\."
        Get-View $test List | Should -Match "Hint\s+: $([regex]::Escape($safe))"
    }

    It 'show a generation as a row' {
        $text = Get-View $generation
        $text | Should -Match '2026-11-23T101500Z Complete\s+12.345\s+12.340\s+5\s+2.01 GiB\s+1.50 KiB\s+1 m 15 s \+3 ~2 >4 -1'
        $text | Should -Match "Backup set: /set/$([regex]::Escape($safe))"
    }

    It 'show all kinds of changes, and nothing where nothing changed' {
        $every = $generation.PSObject.Copy()
        $every.Added = [long]12345
        $every | Add-Member -NotePropertyMembers @{ MetadataChanged = [long]5; TypeChanged = [long]6 }
        Get-View $every | Should -Match '1 m 15 s \+12.345 ~2 >4 \*5 !6 -1'
        $none = $generation.PSObject.Copy()
        foreach ($name in 'Added', 'Modified', 'Renamed', 'Removed') { $none.$name = [long]0 }
        Get-View $none | Should -Match '(?m)1 m 15 s *\r?$'
    }

    It 'show <Seconds> seconds as <Text>' -TestCases @(
        @{ Seconds = 0.04; Text = '0.0 s' }
        @{ Seconds = 59.9; Text = '59.9 s' }
        @{ Seconds = 59.97; Text = '1 m 00 s' }
        @{ Seconds = 185.4; Text = '3 m 05 s' }
        @{ Seconds = 3599.7; Text = '1 h 00 m' }
        @{ Seconds = 100000; Text = '27 h 46 m' }
    ) {
        param($Seconds, $Text)
        $timed = $generation.PSObject.Copy()
        $timed.Duration = [timespan]::FromSeconds($Seconds)
        Get-View $timed | Should -Match ('1.50 KiB +' + [regex]::Escape($Text) + ' \+3')
    }

    It 'fit a large generation into 100 columns' {
        $large = $generation.PSObject.Copy()
        $large.State = 'Incomplete'
        foreach ($name in 'Files', 'LinkedFiles') { $large.$name = [long]1234567 }
        $large.CopiedFiles = [long]4567
        foreach ($name in 'Bytes', 'CopiedBytes') { $large.$name = [long]4980736000000 }
        $text = $large | Out-String -Width 100
        $text | Should -Match '4.53 TiB 4.53 TiB 1 m 15 s \+3 ~2 >4 -1'
    }

    It 'show a plan as a row' {
        Get-View $plan | Should -Match '2026-11-23T101500Z\s+12.345\s+12.340\s+5\s+2.01 GiB\s+1.50 KiB\s+1.00 GiB\s+\+3 ~2 >4 -1'
    }

    It 'show what a job did, and would do, as a row' {
        $text = Get-View $jobResult
        $text | Should -Match 'Partial +1 m 15 s 2026-11-23T101500Z +1.50 KiB +1 +4.00 KiB +1 \+3 ~2 >4 -1'
        $text | Should -Match "Backup set: /set/$([regex]::Escape($safe))"
        Get-View $jobPlan | Should -Match '2026-11-23T101500Z +1.50 KiB +1 +1 +1 \+3 ~2 >4 -1'
        $failed = $jobResult.PSObject.Copy()
        $failed.State = 'Failed'
        $failed.Generation = $null
        Get-View $failed | Should -Match 'Failed +1 m 15 s +1 +4.00 KiB +1'
    }

    It 'show what went wrong in a job in a list' {
        $text = Get-View $jobResult 'List'
        $text | Should -Match "Problems +: HookFailed: $([regex]::Escape($safe))"
        $text | Should -Match "Hooks +: After: $([regex]::Escape($safe)) - $([regex]::Escape($safe))"
        $text | Should -Match "Notifications +: Mail $([regex]::Escape($safe)): $([regex]::Escape($safe))"
    }

    It 'show a change as a row' {
        Get-View $item | Should -Match "Renamed\s+Linked\s+1.50 KiB docs/old$([regex]::Escape($safe)) => docs/$([regex]::Escape($safe))"
    }

    It 'show a file with its names as a row' {
        Get-View $link | Should -Match "2 of 3 1.50 KiB /docs/$([regex]::Escape($safe))"
        $complete = $link.PSObject.Copy()
        $complete.Complete = $true
        Get-View $complete | Should -Match "(?m)^ +3 1.50 KiB /docs/"
    }

    It 'show a scheduled job as a row' {
        Get-View $scheduled | Should -Match "docs 2026-11-23 02:30 $([regex]::Escape($safe)) mirrorbackup-docs.timer /etc/$([regex]::Escape($safe)).yml"
        $disabled = $scheduled.PSObject.Copy()
        $disabled.Enabled = $false
        Get-View $disabled | Should -Match 'docs disabled '
    }

    It 'show the names of a file one below the other in a list' {
        Get-View $link 'List' | Should -Match "(?m)^Names +: /docs/$([regex]::Escape($safe))\r?\n +/docs/b"
    }

    It 'show a loss as a row' {
        Get-View $loss | Should -Match "AccessControlList +12.345 Destination No room $([regex]::Escape($safe))"
    }

    It 'show the losses of a generation and of an item in their lists, one a line' {
        Get-View $generation 'List' | Should -Match "(?m)^FidelityLosses +: AccessControlList: 12.345 items\. No room $([regex]::Escape($safe)) First: docs/"
        Get-View $item 'List' | Should -Match "(?m)^FidelityLosses +: AccessControlList: No room"
    }

    It 'show a restored item as a row' {
        Get-View $restored | Should -Match "Created\s+Stale\s+1.50 KiB docs/$([regex]::Escape($safe))\s+/to/$([regex]::Escape($safe))"
    }

    It 'show a damage and a test as rows' {
        Get-View $damage | Should -Match "Altered\s+2 2026-11-23T101500Z docs/$([regex]::Escape($safe))"
        Get-View $damage 'List' | Should -Match "(?m)^Paths +: 2026-11-22T101500Z/docs/$([regex]::Escape($safe)) *\r?\n +2026-11-23T101500Z/docs/"
        Get-View $tested | Should -Match 'False\s+1\s+2\s+12.345\s+6.789\s+1.50 KiB\s+1 m 15 s'
    }

    It 'show a removal as a row' {
        Get-View $removal | Should -Match "2026-11-23T101500Z Remove\s+~ 4.00 KiB\s+2 $([regex]::Escape($safe))"
    }

    It 'show the reasons of a removal one below the other' {
        $several = $removal.PSObject.Copy()
        $several.Reasons = @($evil, 'daily 1 of 30')
        Get-View $several | Should -Match " 2 $([regex]::Escape($safe)) *\r?\n +daily 1 of 30"
        Get-View $several 'List' | Should -Match "(?m)^Reasons +: $([regex]::Escape($safe)) *\r?\n +daily 1 of 30"
    }

    It 'let no control character through: <Kind> as <Format>' -TestCases @(
        @{ Kind = 'generation'; Format = 'Table' }
        @{ Kind = 'generation'; Format = 'List' }
        @{ Kind = 'plan'; Format = 'Table' }
        @{ Kind = 'plan'; Format = 'List' }
        @{ Kind = 'item'; Format = 'Table' }
        @{ Kind = 'item'; Format = 'List' }
        @{ Kind = 'restored'; Format = 'Table' }
        @{ Kind = 'restored'; Format = 'List' }
        @{ Kind = 'damage'; Format = 'Table' }
        @{ Kind = 'damage'; Format = 'List' }
        @{ Kind = 'tested'; Format = 'Table' }
        @{ Kind = 'tested'; Format = 'List' }
        @{ Kind = 'removal'; Format = 'Table' }
        @{ Kind = 'loss'; Format = 'Table' }
        @{ Kind = 'loss'; Format = 'List' }
        @{ Kind = 'link'; Format = 'Table' }
        @{ Kind = 'link'; Format = 'List' }
        @{ Kind = 'removal'; Format = 'List' }
        @{ Kind = 'jobResult'; Format = 'Table' }
        @{ Kind = 'jobResult'; Format = 'List' }
        @{ Kind = 'jobPlan'; Format = 'Table' }
        @{ Kind = 'jobPlan'; Format = 'List' }
        @{ Kind = 'version'; Format = 'Table' }
        @{ Kind = 'version'; Format = 'List' }
        @{ Kind = 'total'; Format = 'List' }
        @{ Kind = 'copy'; Format = 'Table' }
        @{ Kind = 'copy'; Format = 'List' }
        @{ Kind = 'repair'; Format = 'Table' }
        @{ Kind = 'repair'; Format = 'List' }
    ) {
        param($Kind, $Format)
        $object = @{ generation = $generation; plan = $plan; item = $item; removal = $removal; restored = $restored; damage = $damage; tested = $tested; loss = $loss; link = $link; version = $version; total = $total; copy = $copy; repair = $repair; jobResult = $jobResult; jobPlan = $jobPlan }[$Kind]
        $text = Get-View $object $Format
        $text | Should -Match ([regex]::Escape($safe))
        $text | Should -Not -Match '[\x00-\x09\x0B\x0C\x0E-\x1F]'
        $text | Should -Not -Match '(?m-i)^b'
    }

    It 'show everything of <Kind> in a list' -TestCases @(
        @{ Kind = 'MirrorBackup.Generation'; Function = 'ConvertTo-Generation' }
        @{ Kind = 'MirrorBackup.ItemChange'; Function = 'ConvertTo-ItemChange' }
        @{ Kind = 'MirrorBackup.RemovalResult'; Function = 'ConvertTo-RemovalResult' }
        @{ Kind = 'MirrorBackup.RestoredItem'; Function = 'ConvertTo-RestoredItem' }
        @{ Kind = 'MirrorBackup.Damage'; Function = 'ConvertTo-Damage' }
        @{ Kind = 'MirrorBackup.TestResult'; Function = 'ConvertTo-TestResult' }
        @{ Kind = 'MirrorBackup.HardLink'; Function = 'ConvertTo-HardLink' }
        @{ Kind = 'MirrorBackup.FidelityLoss'; Function = 'ConvertTo-FidelityLoss' }
        @{ Kind = 'MirrorBackup.ItemVersion'; Function = 'ConvertTo-ItemVersion' }
        @{ Kind = 'MirrorBackup.Space'; Function = 'ConvertTo-Space' }
        @{ Kind = 'MirrorBackup.SpaceTotal'; Function = 'ConvertTo-SpaceTotal' }
        @{ Kind = 'MirrorBackup.ShadowCopy'; Function = 'ConvertTo-ShadowCopy' }
        @{ Kind = 'MirrorBackup.RepairAction'; Function = 'ConvertTo-RepairAction' }
        @{ Kind = 'MirrorBackup.JobResult'; Function = 'ConvertTo-JobResult' }
        @{ Kind = 'MirrorBackup.JobPlan'; Function = 'ConvertTo-JobPlan' }
    ) {
        param($Kind, $Function)
        $empty = & (Get-Module -Name MirrorBackup) { param($function) & $function @{ name = 'x' } } $Function
        $empty.PSTypeNames[0] | Should -Be $Kind
        $text = Get-View $empty 'List'
        # An alias would show the same twice.
        $own = $empty.PSObject.Properties | Where-Object -FilterScript { $_.MemberType -ne 'AliasProperty' }
        foreach ($property in $own.Name) { $text | Should -Match "(?m)^$property\s+:" }
    }

    It 'exist for everything a cmdlet outputs, as a table and as a list' {
        $module = Get-Module -Name MirrorBackup
        $types = @($module.ExportedCommands.Values.OutputType.Name | Where-Object -FilterScript { $_ -like 'MirrorBackup.*' } | Sort-Object -Unique)
        $types.Count | Should -BeGreaterThan 10
        $views = ([xml][System.IO.File]::ReadAllText([System.IO.Path]::Combine($module.ModuleBase, 'MirrorBackup.Format.ps1xml'))).Configuration.ViewDefinitions.View
        foreach ($type in $types) {
            foreach ($control in 'TableControl', 'ListControl') {
                @($views | Where-Object -FilterScript { $_.ViewSelectedBy.TypeName -eq $type -and $_.$control }).Count | Should -Be 1 -Because "$control of $type"
            }
        }
    }

    # A number that is shown comes from the property it is named after.
    It 'show the sizes of <Kind> in its list as they are' -TestCases @(
        @{ Kind = 'tested' }
        @{ Kind = 'plan' }
        @{ Kind = 'removal' }
        @{ Kind = 'restored' }
        @{ Kind = 'space' }
        @{ Kind = 'total' }
        @{ Kind = 'version' }
    ) {
        param($Kind)
        $object = @{ plan = $plan; removal = $removal; restored = $restored; tested = $tested; space = $space; total = $total; version = $version }[$Kind].PSObject.Copy()
        $number = 1000000
        foreach ($name in $object.PSObject.Properties.Name -match 'Bytes|Length|Introduced|FreedIfRemoved') {
            $object.$name = [long]++$number
            Get-View $object 'List' | Should -Match "(?m)^$name +: [\d.,]+ \w+ \(1.000.$('{0:000}' -f ($number % 1000)) bytes\)"
        }
        $number | Should -BeGreaterThan 1000000
    }

    It 'fit <Kind> into 80 columns, with all columns of its table' -TestCases @(
        @{ Kind = 'item'; Columns = 'Change', 'Action', 'Length', 'Path' }
        @{ Kind = 'restored'; Columns = 'Action', 'Condition', 'Length', 'Path', 'Destination' }
        @{ Kind = 'removal'; Columns = 'Name', 'Action', 'Freed', 'Files', 'Reasons' }
        @{ Kind = 'damage'; Columns = 'Kind', 'Generations', 'Newest', 'Path' }
        @{ Kind = 'version'; Columns = 'LastWriteTime', 'Length', 'In', 'Newest', 'Path' }
        @{ Kind = 'space'; Columns = 'Name', 'Size', 'Introduced', 'Unique', 'Freed', 'Files' }
        @{ Kind = 'total'; Columns = 'Generations', 'Size', 'Introduced', 'Unique', 'Freed', 'Files', 'MostLinks' }
        @{ Kind = 'copy'; Columns = 'Created', 'Kind', 'Stays', 'Volume', 'Id' }
        @{ Kind = 'repair'; Columns = 'Kind', 'Action', 'Done', 'Path' }
        @{ Kind = 'link'; Columns = 'Links', 'Length', 'Path' }
    ) {
        param($Kind, $Columns)
        $object = @{ item = $item; restored = $restored; removal = $removal; damage = $damage; version = $version; space = $space; total = $total; copy = $copy; repair = $repair; link = $link }[$Kind]
        $lines = @(($object | Out-String -Width 80) -replace '\x1B\[[\d;]*m' -split '\r?\n')
        $head = @($lines | Where-Object -FilterScript { $_ -match "^ *$($Columns[0])\b" })[0]
        ($head.Trim() -split ' +') | Should -Be $Columns
        foreach ($line in $lines) { $line.Length | Should -BeLessOrEqual 80 }
    }

    It 'let no colour into text that is to be plain' {
        if ($null -eq $PSStyle) { return }
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            foreach ($object in $generation, $plan, $item, $removal, $restored, $damage, $tested, $loss, $link, $version, $space, $total, $copy, $repair) {
                ($object | Out-String) + ($object | Format-List | Out-String) | Should -Not -Match '\x1B'
            }
        }
        finally { $PSStyle.OutputRendering = $before }
    }

    It 'show deserialized objects the same way' {
        $file = [System.IO.Path]::Combine($TestDrive, 'objects.xml')
        $generation, $item, $removal, $loss, $link | Export-Clixml -LiteralPath $file
        $imported = @(Import-Clixml -LiteralPath $file)
        Get-View $imported[0] | Should -Be (Get-View $generation)
        Get-View $imported[1] | Should -Be (Get-View $item)
        Get-View $imported[2] | Should -Be (Get-View $removal)
        Get-View $imported[3] | Should -Be (Get-View $loss)
        Get-View $imported[4] | Should -Be (Get-View $link)
    }
}
