# The shadow-copy cmdlets with the engine for Windows, on the double of VSS (under Wine).
Describe 'Shadow copies by VSS' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/VssDouble.ps1"
        $missing = Get-VssDoubleProblem
        $free = 'R'

        # Where a file of the source is in a shadow copy.
        function Get-FrozenPath {
            param([string]$Device, [string]$Name)
            return "$Device\$($source.Substring(3))\$Name"
        }
    }
    BeforeEach {
        if ($missing) { Set-ItResult -Skipped -Because $missing; return }
        $root = "$TestDrive\$([guid]::NewGuid().ToString('n'))"
        $source = "$root\source"
        $null = [System.IO.Directory]::CreateDirectory($source)
        [System.IO.File]::WriteAllText("$source\file.txt", 'then')
        Use-VssDouble -Root $root -Tree $source
    }
    AfterEach {
        if (-not $missing) { Reset-VssDouble }
    }

    It 'are made, listed, read and removed as typed objects' {
        if ($missing) { return }
        $copy = New-ShadowCopy $source
        $copy.PSTypeNames[0] | Should -Be 'MirrorBackup.ShadowCopy'
        $copy.Kind | Should -Be 'Vss'
        $copy.Persistent | Should -BeTrue
        $copy.Volume | Should -Be 'C:\'
        $copy.CreatedAt | Should -BeOfType ([System.DateTimeOffset])
        [System.IO.File]::WriteAllText("$source\file.txt", 'now')
        [System.IO.File]::ReadAllText((Get-FrozenPath $copy.DevicePath 'file.txt')) | Should -Be 'then'
        (Get-ShadowCopy -Volume C:).Id | Should -Be $copy.Id
        (Get-ShadowCopy $copy.Id).Owner | Should -BeLike 'MirrorBackup*'
        Get-ShadowCopy | Remove-ShadowCopy
        @(Get-ShadowCopy).Count | Should -Be 0
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'are neither made, mounted nor removed with -WhatIf' {
        if ($missing) { return }
        New-ShadowCopy $source -WhatIf | Should -BeNullOrEmpty
        @(Get-ShadowCopy).Count | Should -Be 0
        $copy = New-ShadowCopy $source
        $copy | Mount-ShadowCopy -DriveLetter $free -WhatIf | Should -BeNullOrEmpty
        $copy | Remove-ShadowCopy -WhatIf
        (Get-ShadowCopy $copy.Id).Mounts.Count | Should -Be 0
        Get-MountTarget "${free}:" | Should -Be 'nowhere'
        $copy | Remove-ShadowCopy
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'of a volume that is not there are one error, and nothing is left' {
        if ($missing) { return }
        { New-ShadowCopy Q: } | Should -Throw -ExpectedMessage "*'Q:\'*" -ErrorId 'FolderNotFound,New-ShadowCopy'
        { Use-ShadowCopy $source, Q: { throw 'it ran' } } | Should -Throw -ErrorId 'FolderNotFound,Use-ShadowCopy'
        @(Get-ShadowCopy).Count | Should -Be 0
    }

    It 'get a drive letter, which is taken away again' {
        if ($missing) { return }
        $copy = New-ShadowCopy $source | Mount-ShadowCopy -DriveLetter $free
        $copy.Mounts | Should -Be "${free}:"
        Get-MountTarget "${free}:" | Should -Be $copy.DevicePath.Replace('\\?\GLOBALROOT', '')
        { $copy | Mount-ShadowCopy -DriveLetter C } | Should -Throw -ErrorId 'MountFailed,Mount-ShadowCopy'
        (Get-ShadowCopy $copy.Id).Mounts | Should -Be "${free}:"
        ($copy | Dismount-ShadowCopy -DriveLetter $free).Mounts.Count | Should -Be 0
        Get-MountTarget "${free}:" | Should -Be 'nowhere'
        { $copy | Dismount-ShadowCopy -DriveLetter $free } | Should -Throw -ErrorId 'MountNotFound,Dismount-ShadowCopy'
        $null = $copy | Mount-ShadowCopy -DriveLetter $free
        $copy | Remove-ShadowCopy
        Get-MountTarget "${free}:" | Should -Be 'nowhere'
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'get a link to their root folder, which is taken away again' {
        if ($missing) { return }
        Use-VssDouble -Root $root -Tree $source -WithLinks
        $kept = [System.IO.Directory]::CreateDirectory("$root\kept").FullName
        [System.IO.File]::WriteAllText("$kept\file.txt", 'kept')
        $copy = New-ShadowCopy $source | Mount-ShadowCopy -Path "$root\link"
        $copy.Mounts | Should -Be "$root\link"
        # Without the backslash it is the device, which cannot be listed.
        Get-MountTarget "$root\link" | Should -Be ($copy.DevicePath.Replace('\\?\', '\??\') + '\')
        foreach ($path in $kept, "$root\none\link") {
            { $copy | Mount-ShadowCopy -Path $path } | Should -Throw -ErrorId 'MountFailed,Mount-ShadowCopy'
        }
        (Get-ShadowCopy $copy.Id).Mounts | Should -Be "$root\link"
        { $copy | Dismount-ShadowCopy -Path $kept } | Should -Throw -ErrorId 'MountNotFound,Dismount-ShadowCopy'
        ($copy | Dismount-ShadowCopy).Mounts.Count | Should -Be 0
        [System.IO.Directory]::Exists("$root\link") | Should -BeFalse
        $null = $copy | Mount-ShadowCopy -Path "$root\second"
        $copy | Remove-ShadowCopy
        [System.IO.Directory]::Exists("$root\second") | Should -BeFalse
        [System.IO.File]::ReadAllText("$kept\file.txt") | Should -Be 'kept'
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'are what a block reads' {
        if ($missing) { return }
        $seen = Use-ShadowCopy $source -Writers {
            [System.IO.File]::WriteAllText("$source\file.txt", 'now')
            [System.IO.File]::ReadAllText((Get-FrozenPath $ShadowCopy[0].DevicePath 'file.txt'))
            $env:SHADOW_DEVICE_1 -eq $ShadowCopy[0].DevicePath
            (Get-ShadowCopy).Persistent
        }
        $seen -join ' ' | Should -Be 'then True False'
        $env:SHADOW_DEVICE_1 | Should -BeNullOrEmpty
        @(Get-ShadowCopy).Count | Should -Be 0
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'of a whole volume are given back when the block throws' {
        if ($missing) { return }
        { Use-ShadowCopy C: { throw "$($ShadowCopy.Volume) out of it" } } | Should -Throw 'C:\ out of it'
        @(Get-ShadowCopy).Count | Should -Be 0
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'are what a program reads, whose exit code is handed out' {
        if ($missing) { return }
        $script = 'console.log(fs.readFileSync(process.env.SHADOW_DEVICE_1 + process.argv[1], ''utf8'')); process.exitCode = 7'
        $said = Use-ShadowCopy -Volume $source -FilePath $env:MIRRORBACKUP_NODE -ArgumentList '-e', $script, (Get-FrozenPath '' 'file.txt')
        $LASTEXITCODE | Should -Be 7
        $said | Should -Be 'then'
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'are what a backup reads' {
        if ($missing) { return }
        $null = [System.IO.Directory]::CreateDirectory("$source\frozen")
        [System.IO.File]::WriteAllText("$source\frozen\file.txt", 'frozen')
        # What was written after the moment at which the volume was frozen.
        $env:VSS_DOUBLE_TREES = "$source\frozen"
        $generation = New-MirrorBackup $source "$root\set" -Snapshot Vss -WarningAction SilentlyContinue # Wine makes no link `latest`
        $generation.State | Should -Be 'Complete'
        $generation.Snapshot.Kind | Should -Be 'Vss'
        $generation.Files | Should -Be 1
        $generation.Sources[0].Path | Should -Be $source
        [System.IO.File]::ReadAllText("$($generation.Path)\source\frozen\file.txt") | Should -Be 'frozen'
        (Get-BackupGeneration "$root\set").Snapshot.Kind | Should -Be 'Vss'
        @(Get-ShadowCopy).Count | Should -Be 0
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'that a killed engine has left are removed by Repair-BackupSet' {
        if ($missing) { return }
        Use-ShadowCopy $source -ErrorAction SilentlyContinue {
            $held = [System.Diagnostics.Process]::GetProcessById([int][regex]::Match($ShadowCopy[0].Owner, '\d+').Value)
            $held.Kill()
            $held.WaitForExit()
        }
        Get-VssLeftover | Should -Not -BeNullOrEmpty
        $would = @(Repair-BackupSet -WhatIf)
        "$($would.Kind) $($would.Action) $($would.Done)" | Should -Be 'Snapshot Remove False'
        $did = @(Repair-BackupSet)
        "$($did.Kind) $($did.Action) $($did.Done)" | Should -Be 'Snapshot Remove True'
        Get-VssLeftover | Should -BeNullOrEmpty
    }

    It 'that an engine was making when it died are removed by Repair-BackupSet' {
        if ($missing) { return }
        $env:VSS_DOUBLE_DIE = 'GetSnapshotProperties'
        { New-ShadowCopy $source } | Should -Throw -ErrorId 'EngineStopped,New-ShadowCopy'
        $env:VSS_DOUBLE_DIE = ''
        Get-VssLeftover | Should -Not -BeNullOrEmpty
        $did = @(Repair-BackupSet)
        "$($did.Kind) $($did.Action) $($did.Done)" | Should -Be 'Snapshot Remove True'
        Get-VssLeftover | Should -BeNullOrEmpty
    }
}
