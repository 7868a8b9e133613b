# New-MirrorBackup against a stand-in for the engine: what it asks for and what it makes of the answer.
Describe 'New-MirrorBackup' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"
        $source = [System.IO.Path]::Combine($TestDrive, 'docs')
        $set = [System.IO.Path]::Combine($TestDrive, 'set')
        $null = New-Item -Path $source -ItemType Directory
    }
    BeforeEach {
        Use-FakeEngine
    }
    AfterEach {
        Reset-Engine
    }

    It 'has these parameters' {
        Get-ParameterContract 'New-MirrorBackup' | Should -Be @(
            'Source [Object[]] mandatory position=0 by-value'
            'Destination [String] mandatory position=1 by-name alias=SetPath'
            'Exclude [String[]]'
            'Include [String[]]'
            'ExcludeFile [String[]]'
            'ExcludeCacheDirectory [SwitchParameter]'
            'MaximumSize [Int64]'
            'OlderThan [Object]'
            'NewerThan [Object]'
            'Snapshot [String] values=Auto,Vss,Btrfs,None'
            'RequireSnapshot [SwitchParameter]'
            'Comparison [String] values=Metadata,Content'
            'Hash [String] values=Sha256,None'
            'MaxLinks [Int32]'
            'SkipUnchanged [SwitchParameter]'
            'AllowEmptySource [SwitchParameter]'
            'AllowSourceChange [SwitchParameter]'
            'CrossMount [SwitchParameter]'
            'OutputItem [SwitchParameter]'
        )
        (Get-Command -Name New-MirrorBackup).Parameters.ContainsKey('WhatIf') | Should -BeTrue
    }

    Context 'the request' {
        It 'holds what was given and nothing else' {
            $null = New-MirrorBackup $source $set
            $request = Get-FakeEngineRequest
            $request.method | Should -Be 'createGeneration'
            (@($request.params.PSObject.Properties.Name) | Sort-Object) -join ' ' | Should -Be 'setPath sources whatIf'
            $request.params.setPath | Should -Be $set
            @($request.params.sources).Count | Should -Be 1
            $request.params.sources[0].path | Should -Be $source
            @($request.params.sources[0].PSObject.Properties).Count | Should -Be 1
            $request.params.whatIf | Should -BeFalse
        }

        It 'holds every option' {
            $list = [System.IO.Path]::Combine($TestDrive, 'list.txt')
            $options = @{
                Exclude = '*.tmp', 'cache/'; Include = '*.doc'; ExcludeFile = $list; ExcludeCacheDirectory = $true
                MaximumSize = 10MB; Snapshot = 'Btrfs'; RequireSnapshot = $true; Comparison = 'Content'; Hash = 'None'; MaxLinks = 50
                SkipUnchanged = $true; AllowEmptySource = $true; AllowSourceChange = $true; CrossMount = $true; OutputItem = $true
            }
            $null = New-MirrorBackup -Source $source -Destination $set @options
            $sent = (Get-FakeEngineRequest).params
            $sent.exclude -join ' ' | Should -Be '*.tmp cache/'
            $sent.include -join ' ' | Should -Be '*.doc'
            $sent.excludeFile -join ' ' | Should -Be $list
            $sent.maximumSize | Should -Be 10485760
            $sent.snapshot | Should -Be 'Btrfs'
            $sent.comparison | Should -Be 'Content'
            $sent.hash | Should -Be 'None'
            $sent.maxLinks | Should -Be 50
            foreach ($switch in 'excludeCacheDirectories', 'requireSnapshot', 'skipUnchanged', 'allowEmptySource', 'allowSourceChange', 'crossMount', 'outputItem') {
                $sent.$switch | Should -BeTrue -Because $switch
            }
        }

        It 'says so if a switch is turned off' {
            $null = New-MirrorBackup $source $set -CrossMount:$false
            (Get-FakeEngineRequest).params.crossMount | Should -BeFalse
        }

        It 'understands a size given as text' {
            $null = New-MirrorBackup $source $set -MaximumSize '2KB'
            (Get-FakeEngineRequest).params.maximumSize | Should -Be 2048
        }

        It 'takes an age as <Kind>' -TestCases @(
            @{ Kind = 'TimeSpan'; Value = [timespan]'30.00:00:00' }
            @{ Kind = 'text'; Value = '30.00:00:00' }
        ) {
            param($Kind, $Value)
            $null = New-MirrorBackup $source $set -OlderThan $Value
            $line = @(Read-FakeEngineLog | Where-Object -FilterScript { $_ -match 'olderThan' })[0]
            $line -match '"olderThan":"([^"]+)"' | Should -BeTrue
            $difference = [System.DateTimeOffset]::Now.AddDays(-30) - [System.DateTimeOffset]$Matches[1]
            [System.Math]::Abs($difference.TotalSeconds) | Should -BeLessThan 60
        }

        It 'takes a point in time as <Kind>' -TestCases @(
            @{ Kind = 'local DateTime'; Value = [datetime]::new(2026, 11, 23, 10, 15, 0, [System.DateTimeKind]::Utc).AddTicks(1234567).ToLocalTime() }
            @{ Kind = 'UTC DateTime'; Value = [datetime]::new(2026, 11, 23, 10, 15, 0, [System.DateTimeKind]::Utc).AddTicks(1234567) }
            @{ Kind = 'DateTimeOffset'; Value = [System.DateTimeOffset]::new(2026, 11, 23, 12, 15, 0, [timespan]'02:00').AddTicks(1234567) }
            @{ Kind = 'text'; Value = '2026-11-23T10:15:00.1234567Z' }
        ) {
            param($Kind, $Value)
            $null = New-MirrorBackup $source $set -NewerThan $Value
            (Read-FakeEngineLog) -join ' ' | Should -Match '"newerThan":"2026-11-23T10:15:00\.1234567Z"'
        }

        It 'refuses <Value> as a time' -TestCases @(
            @{ Value = 30 }
            @{ Value = '30' }
            @{ Value = 'yesterday-ish' }
        ) {
            param($Value)
            { New-MirrorBackup $source $set -OlderThan $Value } | Should -Throw -ErrorId 'InvalidParameter,New-MirrorBackup'
            Measure-FakeEngineStart | Should -Be 0
        }
    }

    Context 'sources' {
        It 'takes several paths' {
            $null = New-MirrorBackup $source, '/other' $set
            $sent = (Get-FakeEngineRequest).params.sources
            @($sent).Count | Should -Be 2
            $sent[0].path | Should -Be $source
        }

        It 'takes a name from <Kind>' -TestCases @(
            @{ Kind = 'a hashtable'; Value = @{ Path = '/data/x'; Name = 'mine' } }
            @{ Kind = 'an object'; Value = [pscustomobject]@{ Path = '/data/x'; Name = 'mine' } }
        ) {
            param($Kind, $Value)
            $null = New-MirrorBackup $Value $set
            $sent = (Get-FakeEngineRequest).params.sources
            $sent[0].name | Should -Be 'mine'
            $sent[0].path | Should -Match 'data.x$'
        }

        It 'takes the sources of a generation' {
            $generation = New-MirrorBackup @{ Path = $source; Name = 'mine' } $set
            $null = New-MirrorBackup $generation.Sources $set
            $requests = @(Get-FakeEngineRequest)
            $requests.Count | Should -Be 2
            ($requests[1].params.sources | Out-String) | Should -Be ($requests[0].params.sources | Out-String)
        }

        It 'takes folders, and makes one generation of everything in the pipeline' {
            $null = (Get-Item -LiteralPath $source), '/other' | New-MirrorBackup -Destination $set
            $requests = @(Get-FakeEngineRequest)
            $requests.Count | Should -Be 1
            @($requests[0].params.sources).Count | Should -Be 2
            $requests[0].params.sources[0].path | Should -Be $source
            Measure-FakeEngineStart | Should -Be 1
        }

        It 'makes one generation for each destination in the pipeline' {
            $rows = [pscustomobject]@{ Path = '/a'; Destination = '/set1' }, [pscustomobject]@{ Path = '/b'; Destination = '/set2' }, [pscustomobject]@{ Path = '/c'; Destination = '/set1' }
            $generations = @($rows | New-MirrorBackup)
            $generations.Count | Should -Be 2
            $requests = @(Get-FakeEngineRequest)
            @($requests[0].params.sources).Count | Should -Be 2
            $requests[1].params.setPath | Should -Match 'set2$'
            Measure-FakeEngineStart | Should -Be 1
        }

        It 'refuses a source without a path' {
            { New-MirrorBackup @{ Name = 'x' } $set } | Should -Throw -ErrorId 'InvalidParameter,New-MirrorBackup'
        }

        It 'refuses a path that is not of a file system' {
            { New-MirrorBackup 'Env:PATH' $set } | Should -Throw -ErrorId 'InvalidParameter,New-MirrorBackup'
        }

        It 'takes <Name> as it is' -TestCases @(
            @{ Name = '[x]*?' }
            @{ Name = '-rf' }
            @{ Name = "it's" }
            @{ Name = 'a b' }
            @{ Name = '$(Get-Date)`' }
            @{ Name = ([string][char]0x00E9 + [char]0xD83D + [char]0xDE00) }
            @{ Name = "two`nlines" }
        ) {
            param($Name)
            $path = $TestDrive.ToString() + [System.IO.Path]::DirectorySeparatorChar + $Name
            $null = New-MirrorBackup $path $set
            (Get-FakeEngineRequest).params.sources[0].path | Should -BeExactly $path
        }

        It 'resolves a relative path against the current location' {
            Push-Location -LiteralPath $TestDrive
            try { $null = New-MirrorBackup ./docs, -dash ../x }
            finally { Pop-Location }
            $sent = (Get-FakeEngineRequest).params
            $sent.sources[0].path | Should -Be $source
            $sent.sources[1].path | Should -Be ([System.IO.Path]::Combine($TestDrive, '-dash'))
            $sent.setPath | Should -Be ([System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($TestDrive), 'x'))
        }

        It 'resolves an absolute path wherever the current location is' {
            Push-Location -LiteralPath Env:
            try { $null = New-MirrorBackup $source $set }
            finally { Pop-Location }
            (Get-FakeEngineRequest).params.sources[0].path | Should -Be $source
        }

        It 'removes a separator at the end' {
            $null = New-MirrorBackup ($source + [System.IO.Path]::DirectorySeparatorChar) $set
            (Get-FakeEngineRequest).params.sources[0].path | Should -Be $source
        }

        It 'keeps a backslash in a name on Linux' -Skip:($env:OS -eq 'Windows_NT') {
            $null = New-MirrorBackup '/data/a\b' $set
            (Get-FakeEngineRequest).params.sources[0].path | Should -BeExactly '/data/a\b'
        }
    }

    Context 'the output' {
        It 'is a generation with all that the engine said' {
            $generation = New-MirrorBackup $source $set
            @($generation).Count | Should -Be 1
            $generation.PSTypeNames[0] | Should -Be 'MirrorBackup.Generation'
            $generation.PSObject.Properties.Name -join ' ' | Should -Be ('SetPath Name Path Id CreatedAt Duration State Sources Snapshot Base Files Directories OtherItems Bytes ' +
                'LinkedFiles CopiedFiles CopiedBytes ReusedFiles LinkFallbacks RebasedFiles Added Modified MetadataChanged Renamed Removed TypeChanged Excluded ' +
                'Failed Stale FidelityLosses SkippedSockets Pinned PinReason Skipped EngineVersion Warnings Phases')
            $generation.SetPath | Should -Be $set
            $generation.Name | Should -Be '2026-11-23T101500Z'
            $generation.CreatedAt | Should -BeOfType ([System.DateTimeOffset])
            $generation.CreatedAt.Offset | Should -Be ([timespan]::Zero)
            $generation.CreatedAt.UtcTicks | Should -Be ([datetime]::new(2026, 11, 23, 10, 15, 0).Ticks + 1234567)
            $generation.Duration | Should -BeOfType ([timespan])
            $generation.Duration.Ticks | Should -Be 12345678
            $generation.Files | Should -BeOfType ([long])
            $generation.Files | Should -Be 5000000001
            $generation.Bytes | Should -BeOfType ([long])
            $numbers = $generation.Directories, $generation.OtherItems, $generation.LinkedFiles, $generation.CopiedFiles, $generation.CopiedBytes, $generation.ReusedFiles,
            $generation.LinkFallbacks, $generation.RebasedFiles, $generation.Added, $generation.Modified, $generation.MetadataChanged, $generation.Renamed, $generation.Removed,
            $generation.TypeChanged, $generation.Excluded, $generation.Failed, $generation.Stale, $generation.SkippedSockets
            $numbers -join ' ' | Should -Be '2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 20'
            @($generation.FidelityLosses).Count | Should -Be 2
            $loss = $generation.FidelityLosses[0]
            $loss.PSTypeNames[0] | Should -Be 'MirrorBackup.FidelityLoss'
            $loss.PSObject.Properties.Name -join ' ' | Should -Be 'Kind Cause Reason NativeCode NativeName Items Examples'
            $loss.Kind, $loss.Cause, $loss.Reason, $loss.NativeCode, $loss.NativeName, $loss.Items -join '|' | Should -Be 'Owner|Privilege|The account may not (EPERM).|1|EPERM|19'
            $loss.Items | Should -BeOfType ([long])
            $loss.Examples -join ' ' | Should -Be 'docs/a docs/b'
            "$loss" | Should -Be 'Owner: The account may not (EPERM).'
            $generation.FidelityLosses[1].NativeName | Should -BeNullOrEmpty
            $generation.Pinned | Should -BeTrue
            $generation.Skipped | Should -BeFalse
            $generation.Sources[0].Name | Should -Be 'docs'
            $generation.Sources[0].Path | Should -Be $source
            $generation.Snapshot.Kind | Should -Be 'None'
            $generation.Snapshot.Reason | Should -Be 'not asked for'
            $generation.Warnings[0].Id | Should -Be 'CommitDelayed'
            $generation.Warnings[0].Path | Should -Be 'docs'
            $generation.Phases.Commit | Should -Be ([timespan]'00:00:00.5')
        }

        It 'is a plan with -WhatIf' {
            $plan = New-MirrorBackup $source $set -WhatIf
            $plan.PSTypeNames[0] | Should -Be 'MirrorBackup.Plan'
            $plan.State | Should -Be 'Planned'
            $plan.FreeBytes | Should -Be 123456789
            $plan.FreeBytes | Should -BeOfType ([long])
            (Get-FakeEngineRequest).params.whatIf | Should -BeTrue
        }

        It 'is a plan if the caller prefers it' {
            $WhatIfPreference = $true
            (New-MirrorBackup $source $set).PSTypeNames[0] | Should -Be 'MirrorBackup.Plan'
        }

        It 'begins with the items if they are asked for' {
            $output = @(New-MirrorBackup $source $set -OutputItem)
            $output.Count | Should -Be 3
            $output[0].PSTypeNames[0] | Should -Be 'MirrorBackup.ItemChange'
            $own = $output[0].PSObject.Properties | Where-Object -FilterScript { $_.MemberType -eq 'NoteProperty' }
            $own.Name -join ' ' | Should -Be 'Change Action ItemType Path OldPath Length LastWriteTime Reason FidelityLosses'
            # An alias, for Restore-BackupItem.
            $output[0].LiteralPath | Should -Be $output[0].Path
            $loss = $output[0].FidelityLosses
            @($loss).Count | Should -Be 1
            $loss[0].PSTypeNames[0] | Should -Be 'MirrorBackup.FidelityLoss'
            $loss[0].Kind | Should -Be 'Owner'
            $loss[0].Items | Should -Be 1
            $loss[0].Examples -join ' ' | Should -Be 'docs/file1.txt'
            @($output[1].FidelityLosses).Count | Should -Be 0
            $output[1].Path | Should -Be 'docs/file2.txt'
            $output[1].Length | Should -BeOfType ([long])
            $output[1].LastWriteTime | Should -BeOfType ([datetime])
            $output[1].LastWriteTime.Kind | Should -Be 'Local'
            $output[1].LastWriteTime.ToUniversalTime().Ticks | Should -Be ([datetime]::new(2026, 11, 23, 10, 15, 0).Ticks + 1234567)
            $output[2].PSTypeNames[0] | Should -Be 'MirrorBackup.Generation'
        }

        It 'survives Export-Clixml, and goes on as input' {
            $file = [System.IO.Path]::Combine($TestDrive, 'generation.xml')
            New-MirrorBackup $source $set | Export-Clixml -LiteralPath $file
            $imported = Import-Clixml -LiteralPath $file
            $imported.PSTypeNames[0] | Should -Be 'Deserialized.MirrorBackup.Generation'
            $imported.Files | Should -BeOfType ([long])
            $imported.Duration.Ticks | Should -Be 12345678
            $imported.CreatedAt.UtcTicks | Should -Be ([datetime]::new(2026, 11, 23, 10, 15, 0).Ticks + 1234567)
            $imported.Sources[0].Path | Should -Be $source
            $imported.Snapshot.Reason | Should -Be 'not asked for'
            $imported.Warnings[0].Message | Should -Be 'It took long.'
            $imported.FidelityLosses[0].Kind | Should -Be 'Owner'
            @($imported.FidelityLosses[0].Examples)[1] | Should -Be 'docs/b'
            $imported.Phases.Mirror.Ticks | Should -Be 2000000
            $null = $imported | Remove-BackupGeneration -Confirm:$false
            (Get-FakeEngineRequest 'removeGenerations').params.setPath | Should -Be $set
        }

        It 'leaves out nothing that looks like a time' {
            Use-FakeEngine times
            $item = @(New-MirrorBackup $source $set)[0]
            $item.Path | Should -BeExactly '2026-11-23T10:15:00Z'
            $item.Reason | Should -BeExactly '/Date(0)/'
            $item.LastWriteTime | Should -BeNullOrEmpty
        }

        It 'holds names as they are' {
            Use-FakeEngine names
            $escape = [string][char]0x241B
            $paths = @(New-MirrorBackup $source $set)[0..7].Path
            $paths | Should -Be @(
                'docs/[x]*?.txt', 'docs/-rf', "docs/two`nlines", "docs/$([char]27)]0;title$([char]7)", "docs/${escape}FF"
                "docs/$([char]0xD83D)$([char]0xDE00) $([char]0xE9)", ' docs/ x ', "docs/`$(Get-Date)'`"``"
            )
        }

        It 'understands an engine that is newer' {
            Use-FakeEngine newer
            $output = @(New-MirrorBackup $source $set)
            $output.Count | Should -Be 2
            $output[0].Path | Should -Be 'docs/file1.txt'
            $output[1].State | Should -Be 'Complete'
        }
    }

    Context 'the other streams' {
        BeforeEach {
            Use-FakeEngine notifications
        }

        It 'get an error for every item that failed, and the run goes on' {
            $generation = New-MirrorBackup $source $set -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $generation.State | Should -Be 'Partial'
            @($failed).Count | Should -Be 2
            $failed[0].FullyQualifiedErrorId | Should -Be 'ItemUnreadable,New-MirrorBackup'
            $failed[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
            $failed[0].TargetObject | Should -Be 'docs/one'
            $failed[0].Exception.GetType().Name | Should -Be 'UnauthorizedAccessException'
            $failed[0].Exception.Data['NativeName'] | Should -Be 'EACCES'
            $failed[0].Exception.Message | Should -Match 'docs/one.*EACCES 13: permission denied'
            $failed[0].ErrorDetails.RecommendedAction | Should -Be 'Run as root.'
            $failed[1].FullyQualifiedErrorId | Should -Be 'ItemVanished,New-MirrorBackup'
            $failed[1].TargetObject | Should -BeExactly "docs/two`nlines"
            $failed[1].Exception.Message | Should -Not -Match '\n'
        }

        It 'end the run at the first of them with -ErrorAction Stop' {
            { New-MirrorBackup $source $set -ErrorAction Stop -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'ItemUnreadable,New-MirrorBackup'
            Get-FakeEngineProcess | Should -BeNullOrEmpty
        }

        It 'follow the preference of the caller' {
            $ErrorActionPreference = 'Stop'
            $WarningPreference = 'SilentlyContinue'
            { New-MirrorBackup $source $set } | Should -Throw -ErrorId 'ItemUnreadable,New-MirrorBackup'
        }

        It 'get warnings without control characters' {
            $null = New-MirrorBackup $source $set -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            $text = @($warnings | ForEach-Object -Process { [string]$_ })
            $text.Count | Should -Be 2
            $text[0] | Should -Be "It took$([char]0x241B)1B[31m long. Path: docs/a Wait."
            $text[1] | Should -Be 'log warn'
        }

        It 'get the log' {
            $DebugPreference = 'Continue'
            $VerbosePreference = 'Continue'
            $all = @(New-MirrorBackup $source $set -WarningAction SilentlyContinue -ErrorAction SilentlyContinue 4>&1 5>&1 | ForEach-Object -Process { "$($_.GetType().Name): $_" })
            $all | Should -Contain 'VerboseRecord: log info'
            $all | Should -Contain 'DebugRecord: log debug'
            $all | Should -Contain 'DebugRecord: log stderr'
        }
    }

    Context 'errors' {
        It 'are terminating, with the id and all that is known' {
            Use-FakeEngine error
            $failed = $null
            try { New-MirrorBackup $source $set } catch { $failed = $_ }
            $failed.FullyQualifiedErrorId | Should -Be 'DestinationFull,New-MirrorBackup'
            $failed.CategoryInfo.Category | Should -Be 'LimitsExceeded'
            $failed.TargetObject | Should -Be $set
            $failed.Exception.GetType().FullName | Should -Be 'System.IO.IOException'
            $failed.Exception.Message | Should -Be "There is no space in $set. (ENOSPC 28: no space left on device)"
            $failed.Exception.Data['Id'] | Should -Be 'DestinationFull'
            $failed.Exception.Data['NativeCode'] | Should -Be 28
            $failed.Exception.Data['Retryable'] | Should -BeTrue
            $failed.Exception.Data['Hint'] | Should -Be 'Free 3 GiB.'
            $failed.ErrorDetails.RecommendedAction | Should -Be 'Free 3 GiB.'
            $failed.InvocationInfo.InvocationName | Should -Be 'New-MirrorBackup'
        }

        It 'have an id even if the engine forgot it' {
            Use-FakeEngine bareError
            { New-MirrorBackup $source $set } | Should -Throw -ErrorId 'InternalError,New-MirrorBackup'
        }
    }

}
