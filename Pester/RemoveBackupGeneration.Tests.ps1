# Remove-BackupGeneration against a stand-in for the engine.
Describe 'Remove-BackupGeneration' {
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
        Get-ParameterContract 'Remove-BackupGeneration' | Should -Be @(
            'SetPath [String] mandatory position=0 by-name alias=Destination'
            'Name [String[]] set=Name mandatory position=1 by-name'
            'KeepLast [Int32] set=Policy'
            'KeepHourly [Int32] set=Policy'
            'KeepDaily [Int32] set=Policy'
            'KeepWeekly [Int32] set=Policy'
            'KeepMonthly [Int32] set=Policy'
            'KeepYearly [Int32] set=Policy'
            'KeepWithin [TimeSpan] set=Policy'
            'TimeZone [String] set=Policy'
            'MaximumRemovals [Int32] set=Policy'
            'Force [SwitchParameter]'
        )
        $attribute = (Get-Command -Name Remove-BackupGeneration).ScriptBlock.Attributes | Where-Object -FilterScript { $_ -is [System.Management.Automation.CmdletBindingAttribute] }
        $attribute.SupportsShouldProcess | Should -BeTrue
        $attribute.ConfirmImpact | Should -Be 'High'
    }

    It 'removes by name, and outputs a result' {
        $result = Remove-BackupGeneration $set 2026-11-22T101500Z -Confirm:$false
        @($result).Count | Should -Be 1
        $result.PSTypeNames[0] | Should -Be 'MirrorBackup.RemovalResult'
        $result.PSObject.Properties.Name -join ' ' | Should -Be 'SetPath Name Path Action Reasons FreedBytes Estimated Files Directories Duration'
        $result.Action | Should -Be 'Remove'
        $result.Reasons -join ' ' | Should -Be 'asked for'
        $result.FreedBytes | Should -BeOfType ([long])
        $result.Estimated | Should -BeFalse
        $result.Duration | Should -Be ([timespan]'00:00:00.25')
        $sent = (Get-FakeEngineRequest).params
        $sent.names -join ' ' | Should -Be '2026-11-22T101500Z'
        $sent.force | Should -BeFalse
        $sent.whatIf | Should -BeFalse
    }

    It 'sends what the pipeline brings in one request per set' {
        $results = @(Get-BackupGeneration $set | Remove-BackupGeneration -Confirm:$false)
        $results.Count | Should -Be 3
        $requests = @(Get-FakeEngineRequest 'removeGenerations')
        $requests.Count | Should -Be 1
        @($requests[0].params.names).Count | Should -Be 3
    }

    It 'takes deserialized generations' {
        $file = [System.IO.Path]::Combine($TestDrive, 'generations.xml')
        Get-BackupGeneration $set | Export-Clixml -LiteralPath $file
        @(Import-Clixml -LiteralPath $file | Remove-BackupGeneration -Confirm:$false).Count | Should -Be 3
    }

    It 'looks up wildcards, and removes nothing twice' {
        $null = Remove-BackupGeneration $set 2026-11-23T101500Z, '2026-*' -Confirm:$false
        @(Get-FakeEngineRequest 'listGenerations').Count | Should -Be 1
        (Get-FakeEngineRequest 'removeGenerations').params.names -join ' ' | Should -Be '2026-11-23T101500Z 2026-11-21T101500Z 2026-11-22T101500Z'
    }

    It 'with -WhatIf only asks for an estimate' {
        $result = Remove-BackupGeneration $set 2026-11-22T101500Z -WhatIf
        $result.Estimated | Should -BeTrue
        (Get-FakeEngineRequest).params.whatIf | Should -BeTrue
    }

    It 'does not ask with -Force' {
        $result = Remove-BackupGeneration $set 2026-11-22T101500Z -Force
        $result.Action | Should -Be 'Remove'
        (Get-FakeEngineRequest).params.force | Should -BeTrue
    }

    It 'with -Force and -WhatIf removes nothing' {
        $null = Remove-BackupGeneration $set 2026-11-22T101500Z -Force -WhatIf
        (Get-FakeEngineRequest).params.whatIf | Should -BeTrue
    }

    It 'stops at the error of the engine' {
        Use-FakeEngine error
        { Remove-BackupGeneration $set x -Confirm:$false } | Should -Throw -ErrorId 'DestinationFull,Remove-BackupGeneration'
    }

    It 'reports a set that fails and goes on' {
        Use-FakeEngine firstSetFails
        $from = [pscustomobject]@{ SetPath = '/bad'; Name = 'a' }, [pscustomobject]@{ SetPath = '/good'; Name = 'b' }
        $results = $from | Remove-BackupGeneration -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        @($results).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'SetNotFound,Remove-BackupGeneration'
    }

    Context 'by a policy' {
        It 'sends the rules in one request, and outputs a result for every generation' {
            $results = @(Remove-BackupGeneration $set -KeepLast 2 -KeepDaily 30 -KeepWithin 7.12:00:00 -Confirm:$false)
            ($results | ForEach-Object -Process { "$($_.Action) $($_.Name)" }) -join ', ' | Should -Be 'Remove 2026-11-21T101500Z, Keep 2026-11-22T101500Z, Keep 2026-11-23T101500Z'
            $results[1].Reasons -join '; ' | Should -Be 'last 2 of 2; daily 1 of 3: 2026-11-23'
            $results[1].PSTypeNames[0] | Should -Be 'MirrorBackup.RemovalResult'
            $requests = @(Get-FakeEngineRequest)
            $requests.Count | Should -Be 1
            $requests[0].method | Should -Be 'pruneGenerations'
            (Read-FakeEngineLog) -join ' ' | Should -Match '"policy":\{"keepLast":2,"keepDaily":30,"keepWithin":648000(\.0)?\},"force":false,"whatIf":false\}'
        }

        It 'hands over <Parameter>' -TestCases @(
            @{ Parameter = 'KeepHourly'; Value = 24; Field = 'policy.keepHourly' }
            @{ Parameter = 'KeepWeekly'; Value = 13; Field = 'policy.keepWeekly' }
            @{ Parameter = 'KeepMonthly'; Value = 21; Field = 'policy.keepMonthly' }
            @{ Parameter = 'KeepYearly'; Value = 3; Field = 'policy.keepYearly' }
            @{ Parameter = 'TimeZone'; Value = 'Asia/Kathmandu'; Field = 'timeZone' }
            @{ Parameter = 'MaximumRemovals'; Value = 0; Field = 'maximumRemovals' }
        ) {
            param($Parameter, $Value, $Field)
            $given = @{ $Parameter = $Value }
            $null = Remove-BackupGeneration $set @given -Confirm:$false
            $sent = (Get-FakeEngineRequest).params
            foreach ($part in $Field.Split('.')) { $sent = $sent.$part }
            $sent | Should -Be $Value
        }

        It 'with -WhatIf only asks' {
            @(Remove-BackupGeneration $set -KeepDaily 30 -WhatIf).Count | Should -Be 3
            (Get-FakeEngineRequest).params.whatIf | Should -BeTrue
        }

        It 'with -Force does not ask for confirmation' {
            $null = Remove-BackupGeneration $set -KeepDaily 30 -Force
            (Get-FakeEngineRequest).params.force | Should -BeTrue
        }

        It 'takes sets from the pipeline, each once' {
            $sets = [pscustomobject]@{ SetPath = '/a' }, [pscustomobject]@{ SetPath = '/b' }, [pscustomobject]@{ SetPath = '/a' }
            @($sets | Remove-BackupGeneration -KeepLast 2 -Confirm:$false).Count | Should -Be 6
            @(Get-FakeEngineRequest 'pruneGenerations').Count | Should -Be 2
        }

        It 'is not applied to generations from the pipeline: it would judge others, too' {
            { Get-BackupGeneration $set -State Partial | Remove-BackupGeneration -KeepLast 2 -Confirm:$false } | Should -Throw -ErrorId 'InvalidParameter,Remove-BackupGeneration'
            @(Get-FakeEngineRequest 'pruneGenerations').Count | Should -Be 0
        }

        It 'does not go with names' {
            { Remove-BackupGeneration $set -Name x -KeepLast 2 -Confirm:$false } | Should -Throw -ErrorId 'AmbiguousParameterSet,Remove-BackupGeneration'
        }

        It 'refuses a number without a unit, which would be ticks' {
            { Remove-BackupGeneration $set -KeepWithin 30 -Confirm:$false } | Should -Throw -ErrorId 'InvalidParameter,Remove-BackupGeneration'
            { Remove-BackupGeneration $set -KeepWithin ([timespan]::FromDays(-1)) -Confirm:$false } | Should -Throw -ErrorId 'InvalidParameter,Remove-BackupGeneration'
            @(Get-FakeEngineRequest).Count | Should -Be 0
        }

        It 'refuses a count of 0' {
            { Remove-BackupGeneration $set -KeepDaily 0 -Confirm:$false } | Should -Throw -ErrorId 'ParameterArgumentValidationError,Remove-BackupGeneration'
        }

        It 'completes time zones' {
            $line = "Remove-BackupGeneration '$set' -TimeZone Europe/Ber"
            $completion = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
            $known = @([System.TimeZoneInfo]::GetSystemTimeZones()).Id
            # .NET Framework translates no names; .NET does with ICU, which Wine has not.
            $translate = [System.TimeZoneInfo].GetMethod('TryConvertWindowsIdToIanaId', [type[]]([string], [string].MakeByRefType()))
            $translates = $translate -and $translate.Invoke($null, [object[]]('W. Europe Standard Time', $null))
            $expected = if ($known -contains 'Europe/Berlin' -or ($translates -and $known -contains 'W. Europe Standard Time')) { 'Europe/Berlin' }
            $completion.CompletionMatches.CompletionText | Where-Object -FilterScript { $_ -eq 'Europe/Berlin' } | Should -Be $expected
        }
    }
}
