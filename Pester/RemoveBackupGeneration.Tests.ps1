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
            'Name [String[]] mandatory position=1 by-name'
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
}
