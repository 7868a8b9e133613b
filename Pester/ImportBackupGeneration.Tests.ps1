# Import-BackupGeneration against a stand-in for the engine, and once against the engine itself.
Describe 'Import-BackupGeneration' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"
        $set = [System.IO.Path]::Combine($TestDrive, 'set')
        $old = [System.IO.Path]::Combine($TestDrive, 'old')
        $source = [System.IO.Path]::Combine($TestDrive, 'docs')

        # A folder, last written at noon of a day in November.
        function New-OldBackup {
            param([string]$Name, [int]$Day = 1)
            $folder = [System.IO.Path]::Combine($old, $Name)
            $null = [System.IO.Directory]::CreateDirectory($folder)
            [System.IO.Directory]::SetLastWriteTimeUtc($folder, [datetime]::new(2025, 11, $Day, 12, 0, 0, [System.DateTimeKind]::Utc))
            return $folder
        }

        # What the engine was asked to import: the name of each folder, and the time.
        function Get-Imported {
            foreach ($request in Get-FakeEngineRequest 'importGeneration') {
                $time = $request.params.createdAt
                if ($time -isnot [datetime]) { $time = [System.DateTimeOffset]::Parse($time).UtcDateTime }
                $leaf = [System.IO.Path]::GetFileName($request.params.trees[0].path)
                "$leaf $($time.ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss'))"
            }
        }

        function ConvertTo-UtcText {
            param([datetime]$Local)
            return [datetime]::SpecifyKind($Local, [System.DateTimeKind]::Local).ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss')
        }
    }
    BeforeEach {
        Use-FakeEngine
    }
    AfterEach {
        Reset-Engine
        if ([System.IO.Directory]::Exists($old)) { [System.IO.Directory]::Delete($old, $true) }
    }

    It 'has these parameters' {
        Get-ParameterContract 'Import-BackupGeneration' | Should -Be @(
            'Path [Object[]] mandatory position=0 by-value'
            'SetPath [String] mandatory position=1 alias=Destination'
            'SourcePath [String] set=Whole mandatory position=2'
            'SourceName [String] set=Whole'
            'SourceMap [IDictionary] set=Mapped mandatory'
            'CreatedAt [DateTimeOffset] by-name'
            'Hash [String] values=Sha256,None'
            'Move [SwitchParameter]'
        )
        (Get-Command -Name Import-BackupGeneration).Parameters.ContainsKey('WhatIf') | Should -BeTrue
    }

    It 'asks for what was said' {
        $folder = New-OldBackup 'daily.0'
        $generation = Import-BackupGeneration $folder $set $source -SourceName docs -Hash None -Move -Confirm:$false
        $generation.PSTypeNames[0] | Should -Be 'MirrorBackup.Generation'
        $sent = (Get-FakeEngineRequest 'importGeneration').params
        "$($sent.setPath) $($sent.hash) $($sent.originals) $($sent.whatIf)" | Should -Be "$set None Move False"
        @($sent.trees).Count | Should -Be 1
        "$($sent.trees[0].path) $($sent.trees[0].sourcePath) $($sent.trees[0].name)" | Should -Be "$folder $source docs"
    }

    It 'sorts by time, whatever the order' {
        $null = New-OldBackup 'daily.0' 3
        $null = New-OldBackup 'daily.1' 2
        $null = New-OldBackup 'daily.2' 1
        $null = Get-ChildItem -LiteralPath $old | Import-BackupGeneration -SetPath $set -SourcePath $source -Confirm:$false
        (Get-Imported) -join ', ' | Should -Be 'daily.2 2025-11-01 12:00:00, daily.1 2025-11-02 12:00:00, daily.0 2025-11-03 12:00:00'
    }

    It 'expands wildcards, but not in the name of a folder that exists' {
        $null = New-OldBackup 'a1' 1
        $null = New-OldBackup 'a2' 2
        $null = Import-BackupGeneration ([System.IO.Path]::Combine($old, 'a[12]')) $set $source -Confirm:$false
        @(Get-Imported).Count | Should -Be 2
        $null = New-OldBackup 'a[12]' 3
        $null = Import-BackupGeneration ([System.IO.Path]::Combine($old, 'a[12]')) $set $source -Confirm:$false
        @(Get-Imported)[-1] | Should -Be 'a[12] 2025-11-03 12:00:00'
    }

    It 'reads the time in <Name>' -ForEach @(
        @{ Name = '2026-11-02'; Local = '2026-11-02 00:00:00' }
        @{ Name = '20261102-0315'; Local = '2026-11-02 03:15:00' }
        @{ Name = '2026-11-02_03-15-30'; Local = '2026-11-02 03:15:30' }
        @{ Name = 'home.2026.11.02'; Local = '2026-11-02 00:00:00' }
        @{ Name = '2026-11-02T031530Z'; Utc = '2026-11-02 03:15:30' }
        @{ Name = 'daily.20261345'; Utc = '2025-11-01 12:00:00' }
        @{ Name = '20261102031'; Utc = '2025-11-01 12:00:00' }
    ) {
        $null = Import-BackupGeneration (New-OldBackup $Name) $set $source -Confirm:$false
        $expected = if ($Utc) { $Utc } else { ConvertTo-UtcText $Local }
        Get-Imported | Should -Be "$Name $expected"
    }

    It 'takes a time, and computes it for what the pipeline brings' {
        $null = New-OldBackup '2026-11-02'
        $null = Get-Item -LiteralPath ([System.IO.Path]::Combine($old, '2026-11-02')) |
            Import-BackupGeneration -SetPath $set -SourcePath $source -CreatedAt { $_.LastWriteTimeUtc.AddHours(1) } -Confirm:$false
        Get-Imported | Should -Be '2026-11-02 2025-11-01 13:00:00'
    }

    It 'takes several sources from one backup' {
        $folder = New-OldBackup 'daily.0'
        $map = [ordered]@{ 'localhost/docs' = $source; 'etc/' = @{ Path = $old; Name = 'settings' } }
        $null = Import-BackupGeneration $folder $set -SourceMap $map -Confirm:$false
        $trees = (Get-FakeEngineRequest 'importGeneration').params.trees
        $trees[0].path | Should -Be ([System.IO.Path]::Combine($folder, 'localhost', 'docs'))
        $trees[0].sourcePath | Should -Be $source
        $trees[0].PSObject.Properties.Name | Should -Not -Contain 'name'
        "$($trees[1].path) $($trees[1].name)" | Should -Be "$([System.IO.Path]::Combine($folder, 'etc')) settings"
    }

    It 'with -WhatIf outputs a plan' {
        $plan = Import-BackupGeneration (New-OldBackup 'daily.0') $set $source -WhatIf
        $plan.PSTypeNames[0] | Should -Be 'MirrorBackup.Plan'
        (Get-FakeEngineRequest 'importGeneration').params.whatIf | Should -BeTrue
    }

    It 'makes generations that the next backup links to' {
        Reset-Engine
        $null = [System.IO.Directory]::CreateDirectory($source)
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, 'a.txt'), 'aaa')
        $written = [datetime]::new(2025, 10, 1, 12, 0, 0, [System.DateTimeKind]::Utc)
        [System.IO.File]::SetLastWriteTimeUtc([System.IO.Path]::Combine($source, 'a.txt'), $written)
        foreach ($name in '2025-11-01', '2025-11-02') {
            Copy-Item -LiteralPath $source -Destination (New-OldBackup $name) -Recurse
            [System.IO.File]::SetLastWriteTimeUtc([System.IO.Path]::Combine($old, $name, 'docs', 'a.txt'), $written)
        }
        $generations = @(Import-BackupGeneration ([System.IO.Path]::Combine($old, '2025-*')) $set -SourceMap @{ docs = $source } -Confirm:$false)
        $generations.Count | Should -Be 2
        $generations[0].CopiedFiles | Should -Be 0
        $generations[0].LinkedFiles | Should -Be 1
        $generations[0].Snapshot.Reason | Should -BeLike 'Imported from *2025-11-01*'
        $next = New-MirrorBackup $source $set -Snapshot None -Confirm:$false
        "$($next.LinkedFiles) $($next.CopiedFiles)" | Should -Be '1 0'
        $failed = $null
        try { $null = Import-BackupGeneration ([System.IO.Path]::Combine($old, '2025-11-01')) $set -SourceMap @{ docs = $source } -Confirm:$false }
        catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -Be 'GenerationExists,Import-BackupGeneration'
    }
}
