# The shadow-copy cmdlets and Repair-BackupSet: against a stand-in for the engine, and with the engine on a real btrfs.
Describe 'Shadow copies' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        $first = '3b1f5a3c-2f5e-4f0b-9d0a-0c2b6c1f7e11'
    }
    BeforeEach {
        Use-FakeEngine
    }
    AfterEach {
        Reset-Engine
    }

    It 'are typed objects' {
        $copy = New-ShadowCopy $TestDrive
        $copy.PSTypeNames[0] | Should -Be 'MirrorBackup.ShadowCopy'
        $copy.PSObject.Properties.Name -join ' ' | Should -Be 'Id Kind Volume DevicePath CreatedAt Persistent Mounts Owner'
        $copy.Id | Should -Be $first
        $copy.CreatedAt | Should -BeOfType ([System.DateTimeOffset])
        $copy.Persistent | Should -BeTrue
        $sent = (Get-FakeEngineRequest 'newShadowCopies').params
        $sent.withWriters | Should -BeFalse
        $sent.timeoutSeconds | Should -Be 900
    }

    It 'are made with one request, so that all volumes are of one moment' {
        @(New-ShadowCopy $TestDrive, $PSScriptRoot -Writers -TimeoutSeconds 60).Count | Should -Be 2
        @(Get-FakeEngineRequest 'newShadowCopies').Count | Should -Be 1
        (Get-FakeEngineRequest 'newShadowCopies').params.withWriters | Should -BeTrue
        (Get-FakeEngineRequest 'newShadowCopies').params.timeoutSeconds | Should -Be 60
    }

    It 'are not made, removed, mounted or dismounted with -WhatIf' {
        New-ShadowCopy $TestDrive -WhatIf
        Remove-ShadowCopy $first -WhatIf
        Mount-ShadowCopy -Id $first -Path "$TestDrive/x" -WhatIf
        Dismount-ShadowCopy -Id $first -WhatIf
        Measure-FakeEngineStart | Should -Be 0
    }

    It 'are filtered by id and volume' {
        @(Get-ShadowCopy).Count | Should -Be 2
        @(Get-ShadowCopy 3b1f*).Id | Should -Be $first
        @(Get-ShadowCopy -Volume /two).Volume | Should -Be '/two'
        @(Get-ShadowCopy none).Count | Should -Be 0
    }

    It 'are offered by Tab, newest first, and nothing else is asked of the engine' {
        foreach ($line in 'Remove-ShadowCopy ', 'Mount-ShadowCopy -Id ', 'Get-ShadowCopy -Id ') {
            $found = @([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches)
            $found.Count | Should -Be 2 -Because $line
            $found[1].CompletionText | Should -Be $first
            $found[1].ListItemText | Should -BeLike "$first *"
        }
        $line = 'Get-ShadowCopy -Volume /t'
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Be '/two'
        @(Get-FakeEngineRequest | Where-Object -FilterScript { $_.method -notin 'initialize', 'getShadowCopies', 'shutdown' }).Count | Should -Be 0
    }

    It 'are removed by the pipeline, in one engine' {
        Get-ShadowCopy | Remove-ShadowCopy
        $requests = @(Get-FakeEngineRequest 'removeShadowCopy')
        $requests.Count | Should -Be 2
        $requests[0].params.id | Should -Be $first
        Measure-FakeEngineStart | Should -Be 2
    }

    It 'are mounted at a path or a letter' {
        $copy = Get-ShadowCopy $first | Mount-ShadowCopy -Path "$TestDrive/link"
        $copy.Mounts -join ' ' | Should -Be ([System.IO.Path]::Combine($TestDrive, 'link'))
        $null = Mount-ShadowCopy -Id $first -DriveLetter X:
        @(Get-FakeEngineRequest 'mountShadowCopy')[1].params.driveLetter | Should -Be 'X'
        $null = Dismount-ShadowCopy -Id $first -DriveLetter x
        (Get-FakeEngineRequest 'dismountShadowCopy').params.mount | Should -Be 'X:'
    }

    It 'are held while a block runs, which finds them, and given back after it' {
        $seen = Use-ShadowCopy $TestDrive, $PSScriptRoot { "$($ShadowCopy.Count) $($args[0].DevicePath) $env:SHADOW_DEVICE_2" }
        $seen | Should -Be '2 /frozen/1 /frozen/2 /frozen/2'
        $env:SHADOW_DEVICE_1 | Should -BeNullOrEmpty
        Test-Path -Path variable:ShadowCopy | Should -BeFalse
        @(Get-FakeEngineRequest '$/cancelRequest').Count | Should -Be 1
        @(Get-FakeEngineProcess).Count | Should -Be 0
    }

    It 'are given back when the block throws' {
        { Use-ShadowCopy $TestDrive { throw 'out of it' } } | Should -Throw 'out of it'
        $env:SHADOW_DEVICE_1 | Should -BeNullOrEmpty
        @(Get-FakeEngineProcess).Count | Should -Be 0
    }

    It 'leave alone the variables that were there' {
        $ShadowCopy = 'mine'
        $env:SHADOW_DEVICE_1 = 'mine'
        try {
            Use-ShadowCopy $TestDrive { $env:SHADOW_DEVICE_1 } | Should -Be '/frozen/1'
            $ShadowCopy | Should -Be 'mine'
            $env:SHADOW_DEVICE_1 | Should -Be 'mine'
        }
        finally { $env:SHADOW_DEVICE_1 = $null }
    }

    It 'run no block if they cannot be had' {
        Use-FakeEngine 'error'
        $script:ran = $false
        { Use-ShadowCopy $TestDrive { $script:ran = $true } -ErrorAction Stop } | Should -Throw
        $script:ran | Should -BeFalse
    }
}

Describe 'Repair-BackupSet' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
    }
    BeforeEach {
        Use-FakeEngine
    }
    AfterEach {
        Reset-Engine
    }

    It 'outputs what was done' {
        $action = Repair-BackupSet "$TestDrive/set" -RemoveStaging
        $action.PSTypeNames[0] | Should -Be 'MirrorBackup.RepairAction'
        $action.PSObject.Properties.Name -join ' ' | Should -Be 'Kind Action Done Path Reason Origin Names FidelityLosses'
        $action.Done | Should -BeTrue
        (Get-FakeEngineRequest).params.removeStaging | Should -BeTrue
    }

    It 'asks the engine what would be done with -WhatIf' {
        (Repair-BackupSet -WhatIf).Done | Should -BeFalse
        (Get-FakeEngineRequest).params.whatIf | Should -BeTrue
    }

    It 'heals only when that is asked for' {
        $null = Repair-BackupSet "$TestDrive/set"
        (Get-FakeEngineRequest).params.heal | Should -BeFalse
    }

    It 'outputs what became of damaged copies' {
        $action = Repair-BackupSet "$TestDrive/set" -Heal -From "$TestDrive/second" | Where-Object -FilterScript { $_.Kind -eq 'Damage' }
        $params = (Get-FakeEngineRequest).params
        $params.heal | Should -BeTrue
        $params.healFrom | Should -Match 'second$'
        $action.Action | Should -Be 'Heal'
        $action.Names -join ' ' | Should -Be '2026-11-23T101500Z/source/file 2026-11-24T101500Z/source/file'
        $action.Origin | Should -Be '/source/file'
        $action.FidelityLosses[0].PSTypeNames[0] | Should -Be 'MirrorBackup.FidelityLoss'
    }

    It 'says that -Heal needs a set, and -From needs -Heal' {
        { Repair-BackupSet -Heal } | Should -Throw -ExpectedMessage '*which set*'
        { Repair-BackupSet "$TestDrive/set" -From "$TestDrive/second" } | Should -Throw -ExpectedMessage '*nothing is to be healed*'
    }
}

Describe 'Shadow copies on btrfs' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        $missing = if ($env:OS -eq 'Windows_NT') { 'it is a file system of Linux' }
        elseif ((& id -u) -ne '0') { 'it needs root' }
        elseif (-not (Get-Command -Name mkfs.btrfs -ErrorAction Ignore)) { 'it needs mkfs.btrfs' }
        elseif (-not [System.IO.File]::Exists('/dev/loop-control')) { 'it needs loop devices' }
        if (-not $missing) {
            $env:MIRRORBACKUP_STATE = "$TestDrive/state"
            $disk = "$TestDrive/disk"
            $null = [System.IO.Directory]::CreateDirectory($disk)
            & truncate -s 200M "$TestDrive/image"
            & mkfs.btrfs -q -f "$TestDrive/image"
            & mount -o loop "$TestDrive/image" $disk
            $null = & btrfs subvolume create "$disk/data"
            [System.IO.File]::WriteAllText("$disk/data/file", 'then')
        }
    }
    BeforeEach {
        if ($missing) { Set-ItResult -Skipped -Because $missing }
    }
    AfterAll {
        if (-not $missing) {
            & umount $disk
            $env:MIRRORBACKUP_STATE = $null
        }
    }

    It 'are made, mounted, read and removed' {
        if ($missing) { return }
        $copy = New-ShadowCopy "$disk/data" | Mount-ShadowCopy -Path "$TestDrive/link"
        [System.IO.File]::WriteAllText("$disk/data/file", 'now')
        [System.IO.File]::ReadAllText("$TestDrive/link/file") | Should -Be 'then'
        (Get-ShadowCopy $copy.Id).Mounts | Should -Be "$TestDrive/link"
        Get-ShadowCopy | Remove-ShadowCopy
        @(Get-ShadowCopy).Count | Should -Be 0
        [System.IO.Directory]::Exists("$TestDrive/link") | Should -BeFalse
    }

    It 'hand out the exit code of a program' {
        if ($missing) { return }
        $said = Use-ShadowCopy "$disk/data" -FilePath sh -ArgumentList '-c', 'cat "$SHADOW_DEVICE_1/file"; exit 7'
        $said | Should -Be 'now'
        $LASTEXITCODE | Should -Be 7
        @(Get-ShadowCopy).Count | Should -Be 0
    }

    It 'are what a backup reads' {
        if ($missing) { return }
        $generation = New-MirrorBackup "$disk/data" "$TestDrive/set" -Snapshot Btrfs
        $generation.State | Should -Be 'Complete'
        $generation.Snapshot.Kind | Should -Be 'Btrfs'
        @(Get-ShadowCopy).Count | Should -Be 0
    }
}
