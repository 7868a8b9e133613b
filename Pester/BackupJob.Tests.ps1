# Get-BackupJob, New-BackupJob and Test-BackupJob, with the engine and real files.
Describe 'Cmdlets for job files' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"

        function Join-TestPath {
            param([string[]]$Part)
            return [System.IO.Path]::Combine($Part)
        }
        $source = Join-TestPath $TestDrive, 'source'
        $null = [System.IO.Directory]::CreateDirectory($source)
        [System.IO.File]::WriteAllText((Join-TestPath $source, 'a.txt'), 'a')
        $set = Join-TestPath $TestDrive, 'set'
        $state = $env:MIRRORBACKUP_STATE
        $env:MIRRORBACKUP_STATE = Join-TestPath $TestDrive, 'state'

        function New-TestFolder {
            $folder = Join-TestPath $TestDrive, ([guid]::NewGuid().ToString('N'))
            $null = [System.IO.Directory]::CreateDirectory($folder)
            return $folder
        }
    }
    AfterAll {
        $env:MIRRORBACKUP_STATE = $state
    }

    Context 'Get-BackupJob' {
        It 'has these parameters' {
            Get-ParameterContract 'Get-BackupJob' | Should -Be @(
                'Path [String[]] position=0 by-value by-name alias=FullName'
                'Name [String[]] position=1 by-name'
            )
        }

        It 'outputs jobs, and an error for each problem, with its place' {
            $folder = New-TestFolder
            $good = Join-TestPath $folder, 'a.yml'
            $bad = Join-TestPath $folder, 'b.yml'
            [System.IO.File]::WriteAllText($good, "version: 1`njobs:`n  docs: {sources: ['$source'], destination: '$set', description: mine, retention: {keepDaily: 7}, schedule: {every: 1h}}`n")
            [System.IO.File]::WriteAllText($bad, "version: 1`njobs:`n  x: {sorces: [a], destination: b, hash: Md5}`n")
            $jobs = @(Get-BackupJob $folder -ErrorVariable problems -ErrorAction SilentlyContinue)
            $jobs.Count | Should -Be 1
            $jobs[0].PSTypeNames[0] | Should -Be 'MirrorBackup.Job'
            $jobs[0].PSObject.Properties.Name -join ' ' | Should -Be 'Name Description Enabled Sources Destination Schedule Retention LastState LastRun LastResult Path Line Settings'
            $jobs[0].Name | Should -Be 'docs'
            $jobs[0].Description | Should -Be 'mine'
            $jobs[0].Enabled | Should -Be $true
            $jobs[0].Sources[0].Path | Should -Be $source
            $jobs[0].Sources[0].Name | Should -Be 'source'
            $jobs[0].Destination | Should -Be $set
            $jobs[0].Schedule | Should -Be 'every 1h'
            $jobs[0].Retention | Should -Be '7 daily'
            $jobs[0].Path | Should -Be $good
            $jobs[0].Line | Should -Be 3
            $jobs[0].LastState | Should -BeNullOrEmpty
            $jobs[0].Settings.retention.keepDaily | Should -Be 7
            $jobs[0].Settings.exclude.Count | Should -Be 0
            $problems.Count | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -Be 'JobInvalid,Get-BackupJob'
            $problems[0].TargetObject | Should -Be $bad
            $problems[0].Exception.Message | Should -Be "${bad}:3:7: 'sorces' is no key of 'jobs.x'. Did you mean 'sources'?"
            $problems[0].Exception.Data['Details'].line | Should -Be 3
        }

        It 'takes files from the pipeline, wildcards, and names' {
            $folder = New-TestFolder
            foreach ($name in 'a', 'b') {
                [System.IO.File]::WriteAllText((Join-TestPath $folder, "$name.yml"), "version: 1`njobs:`n  ${name}1: {sources: ['$source'], destination: '$set'}`n  ${name}2: {sources: ['$source'], destination: '$set'}`n")
            }
            (Get-ChildItem -LiteralPath $folder | Get-BackupJob).Name -join ' ' | Should -Be 'a1 a2 b1 b2'
            (Get-ChildItem -LiteralPath $folder | Get-BackupJob -Name *2).Name -join ' ' | Should -Be 'a2 b2'
            (Get-BackupJob (Join-TestPath $folder, '[b]*.yml')).Name -join ' ' | Should -Be 'b1 b2'
            (Get-BackupJob $folder a1 | Get-BackupJob).Name -join ' ' | Should -Be 'a1'
        }

        It 'says what is not there' {
            $missing = Join-TestPath $TestDrive, 'missing.yml'
            $null = Get-BackupJob $missing -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Be 'JobFileNotFound,Get-BackupJob'
            $null = Get-BackupJob (Join-TestPath $TestDrive, 'no*.yml') -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Be 'JobFileNotFound,Get-BackupJob'
            $folder = New-TestFolder
            $null = Get-BackupJob $folder -Name nobody -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -Be 'JobNotFound,Get-BackupJob'
        }
    }

    Context 'New-BackupJob' {
        It 'writes what Get-BackupJob reads' {
            $folder = New-TestFolder
            $job = New-BackupJob $folder docs -Source $source, @{ Path = $TestDrive.ToString(); Name = 'all' } -Destination $set -Description 'a: b' -Exclude '*.tmp', '#x' `
                -Snapshot None -KeepDaily 7 -KeepWithin (New-TimeSpan -Days 2) -At 2:30 -Day Monday
            $job.Path | Should -Be (Join-TestPath $folder, 'docs.yml')
            $job.Schedule | Should -Be 'at 02:30 on Monday'
            $job.Retention | Should -Be '7 daily, all within 2d'
            $job.Sources.Name -join ' ' | Should -Be 'source all'
            $job.Settings.exclude -join ' ' | Should -Be '*.tmp #x'
            $job.Description | Should -Be 'a: b'
            $read = Get-BackupJob $folder
            ($read.Settings | Out-String) | Should -Be ($job.Settings | Out-String)
        }

        It 'adds to a file, and replaces only with -Force' {
            $file = Join-TestPath (New-TestFolder), 'jobs.yml'
            $null = New-BackupJob $file one -Source $source -Destination $set
            $null = New-BackupJob $file two -Source $source -Destination $set -Every 6h
            { New-BackupJob $file two -Source $source -Destination $set -ErrorAction Stop } | Should -Throw -ErrorId 'JobExists,New-BackupJob'
            (New-BackupJob $file two -Source $source -Destination $set -Force).Schedule | Should -Be 'none'
            (Get-BackupJob $file).Name -join ' ' | Should -Be 'one two'
        }

        It 'changes nothing with -WhatIf, and says what is wrong all the same' {
            $folder = New-TestFolder
            $file = Join-TestPath $folder, 'jobs.yml'
            New-BackupJob $file one -Source $source -Destination $set -WhatIf | Should -BeNullOrEmpty
            { New-BackupJob $file 'my job' -Source $source -Destination $set -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'JobInvalid,New-BackupJob'
            [System.IO.Directory]::GetFileSystemEntries($folder).Count | Should -Be 0
        }
    }

    Context 'Test-BackupJob' {
        It 'outputs a check for each thing, and leaves no trace' {
            $folder = New-TestFolder
            $destination = Join-TestPath $folder, 'set'
            $null = [System.IO.Directory]::CreateDirectory($destination)
            $job = New-BackupJob (Join-TestPath $folder, 'jobs.yml') docs -Source $source, (Join-TestPath $folder, 'missing') -Destination $destination -Snapshot None
            $tests = @($job | Test-BackupJob)
            $tests[0].PSTypeNames[0] | Should -Be 'MirrorBackup.JobTest'
            $tests[0].PSObject.Properties.Name -join ' ' | Should -Be 'Job Check Status Passed Message Hint Target SetPath Path'
            ($tests | Where-Object -FilterScript { $_.Check -ne 'Rights' } | ForEach-Object -Process { "$($_.Check) $($_.Status)" }) -join ', ' |
                Should -Be 'File Passed, Source Passed, Source Failed, SetId Passed, Destination Passed, Space Passed, Snapshot Passed, Retention Warning'
            $tests[0].Job | Should -Be 'docs'
            $tests[0].SetPath | Should -Be $destination
            [System.IO.Directory]::GetFileSystemEntries($destination).Count | Should -Be 0
            $job | Test-BackupJob -Quiet | Should -Be $false
        }

        It 'tells how old the newest generation is, of a job and of a set' {
            $folder = New-TestFolder
            $destination = Join-TestPath $folder, 'set'
            $job = New-BackupJob (Join-TestPath $folder, 'jobs.yml') docs -Source $source -Destination $destination -Snapshot None -KeepLast 3
            Test-BackupJob -SetPath $destination -MaximumAge 26h -Quiet | Should -Be $false
            $null = New-MirrorBackup $source $destination
            Test-BackupJob -SetPath $destination -MaximumAge 26h -Quiet | Should -Be $true
            $job | Test-BackupJob -MaximumAge (New-TimeSpan -Hours 26) -Quiet | Should -Be $true
            @(Test-BackupJob -SetPath $destination -MaximumAge 26h)[0].Check | Should -Be 'Age'
        }

        It 'refuses an age that is none' -TestCases @(
            @{ Age = 26 }
            @{ Age = 'yesterday' }
            @{ Age = [timespan]::Zero }
        ) {
            param($Age)
            { Test-BackupJob -SetPath $set -MaximumAge $Age -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,Test-BackupJob'
        }

        It 'outputs a wrong file as a check that failed' {
            $file = Join-TestPath (New-TestFolder), 'jobs.yml'
            [System.IO.File]::WriteAllText($file, "version: 1`njobs: {}`n")
            $tests = @(Test-BackupJob $file)
            $tests.Count | Should -Be 1
            $tests[0].Status | Should -Be 'Failed'
            $tests[0].Message | Should -Match ([regex]::Escape("${file}:2:"))
            Test-BackupJob (New-TestFolder) -Quiet | Should -Be $false
        }

        It 'looks for secrets in the environment, and with SecretManagement' {
            $folder = New-TestFolder
            $file = Join-TestPath $folder, 'jobs.yml'
            [System.IO.File]::WriteAllText($file, "version: 1`njobs:`n  docs: {sources: ['$source'], destination: '$set', snapshot: None, notify: {mail: {server: 127.0.0.1, from: a@b.c, to: [a@b.c], password: {env: MIRRORBACKUP_TEST_SECRET}}, webhook: [{url: {secret: Hook, vault: Mine}}]}}`n")
            $statuses = { (Test-BackupJob $file | Where-Object -FilterScript { $_.Check -eq 'Secret' }).Status -join ' ' }
            & $statuses | Should -Be 'Failed Failed'
            function global:Get-SecretInfo { param($Name, $Vault) if ($Name -eq 'Hook' -and $Vault -eq 'Mine') { 'Hook' } }
            $env:MIRRORBACKUP_TEST_SECRET = 'x'
            try { & $statuses | Should -Be 'Passed Passed' }
            finally {
                $env:MIRRORBACKUP_TEST_SECRET = $null
                Remove-Item -LiteralPath Function:\Get-SecretInfo
            }
        }
    }

    Context 'completion' {
        It 'offers names of jobs, and nothing where there are none' {
            $file = Join-TestPath (New-TestFolder), 'jobs.yml'
            $null = New-BackupJob $file docs -Source $source -Destination $set
            $complete = { param($line) ([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)).CompletionMatches.CompletionText -join ' ' }
            & $complete "Test-BackupJob -Path '$file' -Name d" | Should -Be 'docs'
            & $complete "Get-BackupJob -Path '$file.missing.yml' -Name zz" | Should -Not -Match 'docs'
        }
    }
}
