# Register-BackupJob and Unregister-BackupJob with the engine and real job files. In place of systemctl and of the cmdlets of
# Windows for tasks are stand-ins that remember what they are given.
Describe 'Register-BackupJob' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        $module = Get-Module -Name MirrorBackup
        $jobs = [System.IO.Path]::Combine($TestDrive, 'my jobs.yml')

        function Set-JobFile {
            param([string]$Path = $jobs, [string]$Text = (@(
                        'version: 1'
                        'jobs:'
                        '  docs:'
                        '    description: My documents'
                        "    sources: ['$TestDrive']"
                        "    destination: '$([System.IO.Path]::Combine($TestDrive, 'set'))'"
                        "    schedule: { at: ['02:30'] }"
                        '  hourly:'
                        "    sources: ['$TestDrive']"
                        "    destination: '$([System.IO.Path]::Combine($TestDrive, 'set2'))'"
                        '    schedule: { every: 1h }'
                        '  byHand:'
                        "    sources: ['$TestDrive']"
                        "    destination: '$([System.IO.Path]::Combine($TestDrive, 'set3'))'"
                    ) -join "`n"))
            [System.IO.File]::WriteAllText($Path, $Text)
        }

        function Get-ErrorId {
            param($ErrorRecord)
            @($ErrorRecord | ForEach-Object -Process { $_.FullyQualifiedErrorId }) -join ' '
        }

        # What Test-BackupJob says of the schedule of a job.
        function Get-ScheduleTest {
            param([string]$Name = 'docs', [string]$Path = $jobs)
            Test-BackupJob $Path $Name | Where-Object -FilterScript { $_.Check -eq 'Schedule' }
        }
    }
    BeforeEach {
        Set-JobFile
    }

    Context 'with systemd' {
        BeforeAll {
            $missing = if ($env:OS -eq 'Windows_NT') { 'it is for Linux' }
            $units = [System.IO.Path]::Combine($TestDrive, 'units')
            $bin = [System.IO.Path]::Combine($TestDrive, 'bin')
            $env:SYSTEMCTL_LOG = [System.IO.Path]::Combine($TestDrive, 'systemctl.log')
            $env:SYSTEMCTL_FAIL = ''
            $pathBefore = $env:PATH
            $homeBefore = $env:XDG_CONFIG_HOME
            if (-not $missing) {
                $null = [System.IO.Directory]::CreateDirectory($bin)
                [System.IO.File]::WriteAllText("$bin/systemctl", @'
#!/bin/sh
# Remembers what is asked for; fails at what SYSTEMCTL_FAIL names; a timer is enabled from the time it was.
printf '%s\n' "$*" >> "$SYSTEMCTL_LOG"
[ "$1" = --user ] && shift
case " $* " in *" $SYSTEMCTL_FAIL "*) [ -n "$SYSTEMCTL_FAIL" ] && { echo "no $1 today" >&2; exit 1; } ;; esac
case "$1" in
enable) : > "$SYSTEMCTL_LOG.$2" ;;
disable) rm -f "$SYSTEMCTL_LOG.$3" ;;
show)
    shift 2
    for unit; do
        state=disabled; [ -e "$SYSTEMCTL_LOG.$unit" ] && state=enabled
        printf 'Id=%s\nUnitFileState=%s\nNextElapseUSecRealtime=Fri 2026-11-27 02:30:00 CET\n\n' "$unit" "$state"
    done ;;
esac
'@)
                & chmod +x "$bin/systemctl"
                $env:PATH = "${bin}:$env:PATH"
                $env:XDG_CONFIG_HOME = [System.IO.Path]::Combine($TestDrive, 'config')
                & $module { param($folder) $script:SystemUnitFolder = $folder } $units
            }
        }
        AfterAll {
            $env:PATH = $pathBefore
            $env:XDG_CONFIG_HOME = $homeBefore
            $env:SYSTEMCTL_LOG = $null
            $env:SYSTEMCTL_FAIL = $null
            & $module { $script:SystemUnitFolder = '/etc/systemd/system' }
        }
        BeforeEach {
            if ($missing) { Set-ItResult -Skipped -Because $missing; return }
            Mock Test-Elevation { $true } -ModuleName MirrorBackup
            $env:SYSTEMCTL_FAIL = ''
            foreach ($folder in $units, $env:XDG_CONFIG_HOME) { if ([System.IO.Directory]::Exists($folder)) { [System.IO.Directory]::Delete($folder, $true) } }
            foreach ($state in [System.IO.Directory]::GetFiles($TestDrive, 'systemctl.log.*')) { [System.IO.File]::Delete($state) }
            [System.IO.File]::WriteAllText($env:SYSTEMCTL_LOG, '')
        }

        It 'registers the jobs of a file that have a schedule' {
            if ($missing) { return }
            $registered = @(Register-BackupJob $jobs -ErrorVariable failed)
            @($failed).Count | Should -Be 0
            $registered.Job -join ' ' | Should -Be 'docs hourly'
            $registered[0].PSTypeNames[0] | Should -Be 'MirrorBackup.ScheduledJob'
            $registered[0].PSObject.Properties.Name -join ' ' | Should -Be 'Job Path Kind Id NextRun User Enabled Scope'
            $registered[0].Path | Should -Be $jobs
            $registered[0].Kind | Should -Be 'Systemd'
            $registered[0].Id | Should -Be 'mirrorbackup-docs.timer'
            $registered[0].NextRun | Should -Be ([datetime]::new(2026, 11, 27, 2, 30, 0))
            $registered[0].User | Should -Be 'root'
            $registered[0].Enabled | Should -BeTrue
            @([System.IO.Directory]::GetFiles($units) | ForEach-Object -Process { [System.IO.Path]::GetFileName($_) } | Sort-Object) -join ' ' |
                Should -Be 'mirrorbackup-docs.service mirrorbackup-docs.timer mirrorbackup-hourly.service mirrorbackup-hourly.timer'
            $asked = @([System.IO.File]::ReadAllLines($env:SYSTEMCTL_LOG) | Where-Object -FilterScript { $_ -notlike 'show*' -and $_ -notlike '*hourly*' })
            ($asked | Select-Object -Unique) -join '; ' | Should -Be 'daemon-reload; enable mirrorbackup-docs.timer; restart mirrorbackup-docs.timer'
        }

        It 'writes units that systemd understands, with a PowerShell that is there' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs docs
            $service = [System.IO.File]::ReadAllText("$units/mirrorbackup-docs.service")
            $service -match '(?m)^ExecStart=(\S+) ' | Should -BeTrue
            [System.IO.File]::Exists($Matches[1]) | Should -BeTrue
            $service | Should -Match '-File \S+Invoke-ScheduledJob.ps1 -Path ".+/my jobs.yml" -Name docs'
            if (Get-Command -Name systemd-analyze -ErrorAction Ignore) {
                (& systemd-analyze verify --man=no "$units/mirrorbackup-docs.service" "$units/mirrorbackup-docs.timer" 2>&1) | Should -BeNullOrEmpty
                $LASTEXITCODE | Should -Be 0
            }
        }

        It 'registers again: what is there is replaced' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs docs
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace('02:30', '04:15'))
            $again = Register-BackupJob $jobs docs -ErrorAction Stop
            $again.Job | Should -Be 'docs'
            [System.IO.File]::ReadAllText("$units/mirrorbackup-docs.timer") | Should -Match 'OnCalendar=\*-\*-\* 04:15:00'
        }

        It 'says that a job has no schedule' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs byHand, hourly -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'JobNotScheduled,Register-BackupJob'
            [System.IO.File]::Exists("$units/mirrorbackup-hourly.timer") | Should -BeTrue
            $only = [System.IO.Path]::Combine($TestDrive, 'only.yml')
            Set-JobFile $only "version: 1`njobs:`n  a:`n    sources: [/a]`n    destination: /b`n"
            { Register-BackupJob $only -ErrorAction Stop } | Should -Throw -ErrorId 'JobNotScheduled,Register-BackupJob'
        }

        It 'registers what is right in a file, and says what is wrong' {
            if ($missing) { return }
            $text = [System.IO.File]::ReadAllText($jobs) + "`n  wrong:`n    sources: [/a]`n    destinatoin: /b`n"
            Set-JobFile $jobs $text
            $registered = @(Register-BackupJob $jobs -ErrorVariable failed -ErrorAction SilentlyContinue)
            $registered.Job -join ' ' | Should -Be 'docs hourly'
            $failed[0].FullyQualifiedErrorId | Should -Be 'JobInvalid,Register-BackupJob'
        }

        It 'changes nothing with -WhatIf' {
            if ($missing) { return }
            Register-BackupJob $jobs -WhatIf
            [System.IO.Directory]::Exists($units) | Should -BeFalse
            [System.IO.File]::ReadAllText($env:SYSTEMCTL_LOG) | Should -Be ''
        }

        It 'leaves nothing behind when <Step> fails' -TestCases @(
            @{ Step = 'daemon-reload' }
            @{ Step = 'enable' }
            @{ Step = 'restart' }
        ) {
            param($Step)
            if ($missing) { return }
            $env:SYSTEMCTL_FAIL = $Step
            $null = Register-BackupJob $jobs docs -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'SchedulerFailed,Register-BackupJob'
            $failed[0].Exception.Message | Should -Match "no $Step today"
            @([System.IO.Directory]::GetFiles($units)).Count | Should -Be 0
            [System.IO.File]::Exists("$($env:SYSTEMCTL_LOG).mirrorbackup-docs.timer") | Should -BeFalse
        }

        It 'puts back what was there when an update fails' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs docs
            $before = [System.IO.File]::ReadAllText("$units/mirrorbackup-docs.timer")
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace('02:30', '04:15'))
            $env:SYSTEMCTL_FAIL = 'enable'
            $null = Register-BackupJob $jobs docs -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'SchedulerFailed,Register-BackupJob'
            [System.IO.File]::ReadAllText("$units/mirrorbackup-docs.timer") | Should -Be $before
            [System.IO.File]::Exists("$($env:SYSTEMCTL_LOG).mirrorbackup-docs.timer") | Should -BeTrue
        }

        It 'does not start a job that was not enabled when an update fails' {
            if ($missing) { return }
            $enabled = [System.IO.File]::ReadAllText($jobs)
            Set-JobFile $jobs $enabled.Replace('description: My documents', 'enabled: false')
            $null = Register-BackupJob $jobs docs -WarningAction SilentlyContinue
            Set-JobFile $jobs $enabled
            $env:SYSTEMCTL_FAIL = 'restart'
            $null = Register-BackupJob $jobs docs -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'SchedulerFailed,Register-BackupJob'
            [System.IO.File]::Exists("$($env:SYSTEMCTL_LOG).mirrorbackup-docs.timer") | Should -BeFalse
            [System.IO.File]::Exists("$units/mirrorbackup-docs.timer") | Should -BeTrue
        }

        It 'does not replace what somebody else made, unless it is forced to' {
            if ($missing) { return }
            $null = [System.IO.Directory]::CreateDirectory($units)
            [System.IO.File]::WriteAllText("$units/mirrorbackup-docs.service", "[Service]`nExecStart=/bin/true`n")
            $registered = @(Register-BackupJob $jobs -ErrorVariable failed -ErrorAction SilentlyContinue)
            Get-ErrorId $failed | Should -Be 'ScheduledJobExists,Register-BackupJob'
            $registered.Job | Should -Be 'hourly'
            [System.IO.File]::ReadAllText("$units/mirrorbackup-docs.service") | Should -Match '/bin/true'
            (Register-BackupJob $jobs docs -Force).Job | Should -Be 'docs'
            [System.IO.File]::ReadAllText("$units/mirrorbackup-docs.service") | Should -Not -Match '/bin/true'
        }

        It 'does not replace the job of another file, unless that is gone' {
            if ($missing) { return }
            $other = [System.IO.Path]::Combine($TestDrive, 'other.yml')
            Set-JobFile $other
            $null = Register-BackupJob $other docs
            $null = Register-BackupJob $jobs docs -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'ScheduledJobExists,Register-BackupJob'
            $failed[0].Exception.Message | Should -Match 'other.yml'
            [System.IO.File]::Delete($other)
            (Register-BackupJob $jobs docs).Path | Should -Be $jobs
        }

        It 'does not start a job that is not enabled' {
            if ($missing) { return }
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace('description: My documents', 'enabled: false'))
            $registered = Register-BackupJob $jobs docs -WarningVariable said -WarningAction SilentlyContinue
            $registered.Enabled | Should -BeFalse
            $said | Should -Match 'not enabled'
            [System.IO.File]::ReadAllText($env:SYSTEMCTL_LOG) | Should -Match 'disable --now mirrorbackup-docs.timer'
        }

        It 'gives the jobs of a user to the manager of the user' {
            if ($missing) { return }
            Mock Test-Elevation { $false } -ModuleName MirrorBackup
            & $module { param($folder) $script:LingerFolder = $folder } $TestDrive
            $registered = Register-BackupJob $jobs docs -WarningVariable said -WarningAction SilentlyContinue
            & $module { $script:LingerFolder = '/var/lib/systemd/linger' }
            $registered.Scope | Should -Be 'User'
            $registered.User | Should -Be ([System.Environment]::UserName)
            $said | Should -Match 'loginctl enable-linger'
            [System.IO.File]::Exists("$env:XDG_CONFIG_HOME/systemd/user/mirrorbackup-docs.timer") | Should -BeTrue
            @([System.IO.File]::ReadAllLines($env:SYSTEMCTL_LOG) | Where-Object -FilterScript { $_ -notlike '--user *' }).Count | Should -Be 0
            Unregister-BackupJob docs
            [System.IO.File]::Exists("$env:XDG_CONFIG_HOME/systemd/user/mirrorbackup-docs.timer") | Should -BeFalse
        }

        It 'does not give a job of a user to another one' {
            if ($missing) { return }
            Mock Test-Elevation { $false } -ModuleName MirrorBackup
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace("['02:30']", "['02:30'], user: somebody"))
            $null = Register-BackupJob $jobs docs -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'ElevationRequired,Register-BackupJob'
        }

        It 'needs root for the jobs of the machine' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs docs
            Mock Test-Elevation { $false } -ModuleName MirrorBackup
            { Unregister-BackupJob docs -ErrorAction Stop } | Should -Throw -ErrorId 'ElevationRequired,Unregister-BackupJob'
            [System.IO.File]::Exists("$units/mirrorbackup-docs.timer") | Should -BeTrue
        }

        It 'says once that there is no scheduler' {
            if ($missing) { return }
            $said = 'System has not been booted with systemd as init system (PID 1). Can''t operate.'
            [System.IO.File]::WriteAllText("$bin/systemctl-none", "#!/bin/sh`necho `"$said`" >&2`nexit 1`n")
            & chmod +x "$bin/systemctl-none"
            [System.IO.File]::Move("$bin/systemctl", "$bin/systemctl-fake")
            [System.IO.File]::Move("$bin/systemctl-none", "$bin/systemctl")
            try { { Register-BackupJob $jobs -ErrorAction Stop } | Should -Throw -ErrorId 'SchedulerNotAvailable,Register-BackupJob' }
            finally {
                [System.IO.File]::Delete("$bin/systemctl")
                [System.IO.File]::Move("$bin/systemctl-fake", "$bin/systemctl")
            }
            [System.IO.Directory]::Exists($units) | Should -BeFalse
        }

        It 'takes no password' {
            if ($missing) { return }
            $credential = [pscredential]::new('ann', [securestring]::new())
            { Register-BackupJob $jobs -Credential $credential -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,Register-BackupJob'
        }

        It 'writes files only, for other machines' {
            if ($missing) { return }
            $out = [System.IO.Path]::Combine($TestDrive, 'out')
            $files = @(Register-BackupJob $jobs -OutputFolder $out)
            $files.Name -join ' ' | Should -Be 'mirrorbackup-docs.service mirrorbackup-docs.timer mirrorbackup-hourly.service mirrorbackup-hourly.timer'
            $files[0] | Should -BeOfType ([System.IO.FileInfo])
            [System.IO.File]::ReadAllText($env:SYSTEMCTL_LOG) | Should -Be ''
            @(Register-BackupJob $jobs -OutputFolder $out).Count | Should -Be 4 -Because 'they are our own'
            [System.IO.File]::WriteAllText("$out/mirrorbackup-docs.timer", 'mine')
            $null = Register-BackupJob $jobs -OutputFolder $out -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'ScheduledJobExists,Register-BackupJob'
            [System.IO.File]::ReadAllText("$out/mirrorbackup-docs.timer") | Should -Be 'mine'
            $null = Register-BackupJob $jobs docs -OutputFolder "$jobs/x" -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Match 'SchedulerFailed,Register-BackupJob$'
        }

        It 'takes jobs from the pipeline, also those that come from another process' {
            if ($missing) { return }
            $job = [pscustomobject]@{ PSTypeName = 'MirrorBackup.Job'; Name = 'docs'; Path = $jobs }
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($job))
            foreach ($one in $job, $copy) {
                ($one | Register-BackupJob).Job | Should -Be 'docs'
                $one | Unregister-BackupJob -ErrorAction Stop
                @([System.IO.Directory]::GetFiles($units)).Count | Should -Be 0
            }
            $registered = $job | Register-BackupJob
            $registered | Unregister-BackupJob -ErrorAction Stop
            @([System.IO.Directory]::GetFiles($units)).Count | Should -Be 0
        }

        It 'Test-BackupJob tells that a job is not registered, and how to register it' {
            if ($missing) { return }
            $found = Get-ScheduleTest
            "$($found.Status): $($found.Message)" | Should -Be 'Warning: The job has a schedule and is not registered: it does not start by itself.'
            $found.Path | Should -Be $jobs
            $null = [scriptblock]::Create($found.Hint).Invoke()
            $found = Get-ScheduleTest
            "$($found.Status): $($found.Message)" | Should -Be "Passed: The job is registered as 'mirrorbackup-docs.timer'; it starts next on 2026-11-27 02:30."
            Get-ScheduleTest byHand | Should -BeNullOrEmpty
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace('schedule: { every: 1h }', 'schedule: { every: 1h }, enabled: false'.Replace(', ', "`n    ")))
            Get-ScheduleTest hourly | Should -BeNullOrEmpty -Because 'it is not to start'
        }

        It 'Test-BackupJob tells that another file has the name' {
            if ($missing) { return }
            $other = [System.IO.Path]::Combine($TestDrive, 'namesake.yml')
            Set-JobFile $other
            $null = Register-BackupJob $other docs
            (Get-ScheduleTest).Message | Should -Match ([regex]::Escape("under its name is that of another file, '$other'"))
            $null = [scriptblock]::Create(((Get-ScheduleTest).Hint -replace '^.*?: ')).Invoke()
            (Get-ScheduleTest).Status | Should -Be 'Passed'
        }

        It 'Test-BackupJob tells that what is registered starts what is gone, or another module' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs docs
            $unit = "$units/mirrorbackup-docs.service"
            $text = [System.IO.File]::ReadAllText($unit)
            $old = [System.IO.Path]::Combine($TestDrive, 'old $5 "100%" module')
            $escaped = $old.Replace('$', '$$').Replace('"', '\"').Replace('%', '%%')
            [System.IO.File]::WriteAllText($unit, ($text -replace "-File \S+", "-File `"$($escaped.Replace('$', '$$'))/Invoke-ScheduledJob.ps1`""))
            "$((Get-ScheduleTest).Status): $((Get-ScheduleTest).Message)" | Should -Be "Warning: 'mirrorbackup-docs.timer' starts '$old/Invoke-ScheduledJob.ps1', which is not there."
            $null = [System.IO.Directory]::CreateDirectory("$old/engine")
            [System.IO.File]::WriteAllText("$old/Invoke-ScheduledJob.ps1", '')
            (Get-ScheduleTest).Message | Should -Be "'mirrorbackup-docs.timer' starts '$old/engine/main.mjs', which is not there."
            [System.IO.File]::WriteAllText("$old/engine/main.mjs", '')
            (Get-ScheduleTest).Message | Should -Be "'mirrorbackup-docs.timer' starts another module than this one: '$old/Invoke-ScheduledJob.ps1'."
            [System.IO.File]::WriteAllText($unit, ($text -replace '(?m)^ExecStart=\S+', 'ExecStart=/opt/no/pwsh'))
            (Get-ScheduleTest).Message | Should -Match "starts '/opt/no/pwsh', which is not there"
            [System.IO.File]::WriteAllText($unit, ($text -replace '(?m)^TimeoutStartSec=', "Environment=`"MIRRORBACKUP_NODE=/opt/no node`"`nTimeoutStartSec="))
            (Get-ScheduleTest).Message | Should -Match "starts '/opt/no node', which is not there"
            Mock Test-Elevation { $false } -ModuleName MirrorBackup
            (Get-ScheduleTest).Status | Should -Be 'Passed' -Because 'who is not root may not see it'
            Mock Test-Elevation { $true } -ModuleName MirrorBackup
            [System.IO.File]::WriteAllText($unit, "[Service]`nExecStart=/bin/true`n")
            (Get-ScheduleTest).Message | Should -Match 'somebody has changed it'
            [System.IO.File]::Delete($unit)
            (Get-ScheduleTest).Message | Should -Match 'somebody has changed it'
            $null = Register-BackupJob $jobs docs -Force
            (Get-ScheduleTest).Status | Should -Be 'Passed'
        }

        It 'Test-BackupJob tells that a job does not start, or starts without a schedule' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs docs
            [System.IO.File]::Delete("$($env:SYSTEMCTL_LOG).mirrorbackup-docs.timer")
            (Get-ScheduleTest).Message | Should -Match 'is registered and does not start, because it is disabled'
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace("    schedule: { at: ['02:30'] }`n", ''))
            (Get-ScheduleTest).Message | Should -Match 'has no schedule any more, and is still registered'
            $null = [scriptblock]::Create((Get-ScheduleTest).Hint).Invoke()
            Get-ScheduleTest | Should -BeNullOrEmpty
        }

        It 'Test-BackupJob has nothing to say of it where there is no scheduler' {
            if ($missing) { return }
            $env:SYSTEMCTL_FAIL = '--property=Version'
            Get-ScheduleTest | Should -BeNullOrEmpty
        }

        It 'unregisters by name and by file, and leaves others alone' {
            if ($missing) { return }
            $other = [System.IO.Path]::Combine($TestDrive, 'third.yml')
            Set-JobFile $other ([System.IO.File]::ReadAllText($jobs).Replace('docs:', 'mail:').Replace('hourly:', 'daily:').Replace('byHand:', 'never:'))
            $null = Register-BackupJob $jobs, $other
            [System.IO.File]::WriteAllText("$units/mirrorbackup-own.timer", "[Timer]`nOnCalendar=daily`n")
            Unregister-BackupJob doc*
            Unregister-BackupJob -Path $other
            @([System.IO.Directory]::GetFiles($units) | ForEach-Object -Process { [System.IO.Path]::GetFileName($_) } | Sort-Object) -join ' ' |
                Should -Be 'mirrorbackup-hourly.service mirrorbackup-hourly.timer mirrorbackup-own.timer'
            [System.IO.File]::ReadAllText($env:SYSTEMCTL_LOG) | Should -Match 'disable --now mirrorbackup-mail.timer'
            Unregister-BackupJob * -WhatIf
            [System.IO.File]::Exists("$units/mirrorbackup-hourly.timer") | Should -BeTrue
            Unregister-BackupJob -Path $TestDrive -ErrorAction Stop
            [System.IO.Directory]::GetFiles($units) | Should -Match 'mirrorbackup-own.timer$'
        }

        It 'unregisters a job whose file is gone' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs docs
            [System.IO.File]::Delete($jobs)
            Unregister-BackupJob docs -ErrorAction Stop
            @([System.IO.Directory]::GetFiles($units)).Count | Should -Be 0
        }

        It 'says that nothing of a name is registered' {
            if ($missing) { return }
            { Unregister-BackupJob docs -ErrorAction Stop } | Should -Throw -ErrorId 'ScheduledJobNotFound,Unregister-BackupJob'
            { Unregister-BackupJob -Path $jobs -ErrorAction Stop } | Should -Throw -ErrorId 'ScheduledJobNotFound,Unregister-BackupJob'
            { Unregister-BackupJob -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidParameter,Unregister-BackupJob'
            Unregister-BackupJob d* -ErrorAction Stop
        }

        It 'keeps the units where systemd does not let go of them' {
            if ($missing) { return }
            $null = Register-BackupJob $jobs docs
            $env:SYSTEMCTL_FAIL = 'disable'
            $null = Unregister-BackupJob docs -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'SchedulerFailed,Unregister-BackupJob'
            [System.IO.File]::Exists("$units/mirrorbackup-docs.service") | Should -BeTrue
        }
    }

    Context 'with schtasks.exe' {
        BeforeAll {
            $missing = if ($env:OS -ne 'Windows_NT') { 'it is for Windows' }
            elseif (Get-Command -Name Register-ScheduledTask -ErrorAction Ignore) { 'there are cmdlets for tasks' }
            elseif (-not (& $module { Test-Elevation })) { 'it needs an administrator' }
        }
        BeforeEach {
            if ($missing) { Set-ItResult -Skipped -Because $missing }
        }

        It 'registers a task, and removes it' {
            if ($missing) { return }
            $name = "test-$([guid]::NewGuid())"
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace('docs:', "${name}:"))
            try {
                $registered = Register-BackupJob $jobs $name -WarningAction SilentlyContinue -ErrorAction Stop
                $registered.Id | Should -Be "\MirrorBackup\$name"
                $registered.Path | Should -Be $jobs
                $registered.Enabled | Should -BeTrue
                (Register-BackupJob $jobs $name -WarningAction SilentlyContinue -ErrorAction Stop).Job | Should -Be $name
            }
            finally { Unregister-BackupJob $name -ErrorAction Stop }
            { Unregister-BackupJob $name -ErrorAction Stop } | Should -Throw -ErrorId 'ScheduledJobNotFound,Unregister-BackupJob'
        }

        It 'shows no password to others' {
            if ($missing) { return }
            $credential = [pscredential]::new('ann', [securestring]::new())
            $null = Register-BackupJob $jobs docs -Credential $credential -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'ScheduleNotPossible,Register-BackupJob'
        }
    }

    Context 'with the Task Scheduler' {
        BeforeAll {
            # On Linux the module is told that it is on Windows: what it gives to the cmdlets for tasks is the same.
            $onWindows = & $module { $script:OnWindows }
            $nodeBefore = $env:MIRRORBACKUP_NODE
            if (-not $onWindows) { $env:MIRRORBACKUP_NODE = & $module { Find-Node $null } }
            & $module { $script:OnWindows = $true }
            $global:MirrorBackupTestTasks = @{}

            # What the cmdlets of the module ScheduledTasks do with a task.
            function global:Register-ScheduledTask {
                [CmdletBinding()]
                param([string]$TaskName, [string]$TaskPath, [string]$Xml, [string]$User, [string]$Password, [switch]$Force)
                if ($TaskName -eq 'refused') { throw 'The account is unknown.' }
                if ($global:MirrorBackupTestTasks.ContainsKey("$TaskPath$TaskName") -and -not $Force) { throw 'It is there.' }
                $task = ([xml]$Xml).Task
                $global:MirrorBackupTestTasks["$TaskPath$TaskName"] = [pscustomobject]@{
                    TaskName = $TaskName; TaskPath = $TaskPath; Source = $task.RegistrationInfo.Source; Documentation = $task.RegistrationInfo.Documentation
                    Principal = [pscustomobject]@{ UserId = if ($User) { $User } else { $task.Principals.Principal.UserId } }
                    Settings = [pscustomobject]@{ Enabled = $task.Settings.Enabled -eq 'true' }
                    Actions = @([pscustomobject]@{ Execute = $task.Actions.Exec.Command; Arguments = $task.Actions.Exec.Arguments }); Xml = $task; Password = $Password
                }
            }
            function global:Get-ScheduledTask {
                [CmdletBinding()]
                param([string]$TaskPath)
                $global:MirrorBackupTestTasks.Values | Where-Object -FilterScript { $_.TaskPath -eq $TaskPath }
            }
            function global:Get-ScheduledTaskInfo {
                [CmdletBinding()]
                param([string]$TaskName, [string]$TaskPath)
                [pscustomobject]@{ NextRunTime = [datetime]::new(2026, 11, 27, 2, 30, 0); Key = "$TaskPath$TaskName" }
            }
            function global:Unregister-ScheduledTask {
                [CmdletBinding(SupportsShouldProcess = $true)]
                param([string]$TaskName, [string]$TaskPath)
                $global:MirrorBackupTestTasks.Remove("$TaskPath$TaskName")
            }
        }
        AfterAll {
            & $module { param($value) $script:OnWindows = $value } $onWindows
            $env:MIRRORBACKUP_NODE = $nodeBefore
            foreach ($name in 'Register-ScheduledTask', 'Get-ScheduledTask', 'Get-ScheduledTaskInfo', 'Unregister-ScheduledTask') { Remove-Item -Path "function:global:$name" }
            Remove-Variable -Name MirrorBackupTestTasks -Scope Global
        }
        BeforeEach {
            Mock Test-Elevation { $true } -ModuleName MirrorBackup
            $global:MirrorBackupTestTasks.Clear()
        }

        It 'registers a task for each job, as SYSTEM' {
            $registered = @(Register-BackupJob $jobs -WarningAction SilentlyContinue -ErrorVariable failed)
            @($failed).Count | Should -Be 0
            $registered.Job -join ' ' | Should -Be 'docs hourly'
            $registered[0].Kind | Should -Be 'TaskScheduler'
            $registered[0].Id | Should -Be '\MirrorBackup\docs'
            $registered[0].User | Should -Be 'SYSTEM'
            $registered[0].Path | Should -Be $jobs
            $registered[0].Enabled | Should -BeTrue
            $registered[0].NextRun | Should -Be ([datetime]::new(2026, 11, 27, 2, 30, 0))
            $task = $global:MirrorBackupTestTasks['\MirrorBackup\docs'].Xml
            [System.IO.File]::Exists($task.Actions.Exec.Command) | Should -BeTrue
            $task.Actions.Exec.Arguments | Should -Match '^-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File .*Invoke-ScheduledJob.ps1"? -Path ".*my jobs.yml" -Name docs$'
            $task.Triggers.CalendarTrigger.StartBoundary | Should -Match 'T02:30:00$'
            $task.Settings.MultipleInstancesPolicy | Should -Be 'IgnoreNew'
        }

        It 'gives the password of a user to the Task Scheduler only' {
            $password = [securestring]::new()
            foreach ($character in 'pa<ss'.ToCharArray()) { $password.AppendChar($character) }
            $credential = [pscredential]::new('CONTOSO\ann', $password)
            $DebugPreference = 'Continue'
            $said = Register-BackupJob $jobs docs -Credential $credential -Verbose -Confirm:$false 3>&1 4>&1 5>&1 6>&1 | Out-String -Width 500
            $said | Should -Not -Match 'pa<ss'
            $task = $global:MirrorBackupTestTasks['\MirrorBackup\docs']
            $task.Password | Should -Be 'pa<ss'
            $task.Principal.UserId | Should -Be 'CONTOSO\ann'
            $task.Xml.Principals.Principal.LogonType | Should -Be 'Password'
            $task.Xml.OuterXml | Should -Not -Match 'pa(&lt;|<)ss'
        }

        It 'asks the domain for the password of a managed account' {
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace("['02:30']", "['02:30'], user: 'CONTOSO\backup$'"))
            (Register-BackupJob $jobs docs -WarningVariable said -WarningAction SilentlyContinue).User | Should -Be 'CONTOSO\backup$'
            $global:MirrorBackupTestTasks['\MirrorBackup\docs'].Password | Should -BeNullOrEmpty
            @($said | Where-Object -FilterScript { $_ -match 'password' }).Count | Should -Be 0
        }

        It 'says what a user without a password lacks' {
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace("['02:30']", "['02:30'], user: ann"))
            $null = Register-BackupJob $jobs docs -WarningVariable said -WarningAction SilentlyContinue
            @($said | Where-Object -FilterScript { $_ -match 'ann without a password' }).Count | Should -Be 1
            $global:MirrorBackupTestTasks['\MirrorBackup\docs'].Xml.Principals.Principal.LogonType | Should -Be 'S4U'
        }

        It 'needs an administrator' {
            Mock Test-Elevation { $false } -ModuleName MirrorBackup
            { Register-BackupJob $jobs -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Throw -ErrorId 'ElevationRequired,Register-BackupJob'
            $global:MirrorBackupTestTasks.Count | Should -Be 0
            { Unregister-BackupJob docs -ErrorAction Stop } | Should -Throw -ErrorId 'ElevationRequired,Unregister-BackupJob'
        }

        It 'says why a task is refused' {
            Set-JobFile $jobs ([System.IO.File]::ReadAllText($jobs).Replace('docs:', 'refused:'))
            $null = Register-BackupJob $jobs -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue
            @($failed | Where-Object -FilterScript { $_.FullyQualifiedErrorId -eq 'SchedulerFailed,Register-BackupJob' })[0].Exception.Message | Should -Match 'The account is unknown'
            $global:MirrorBackupTestTasks.Keys | Should -Be '\MirrorBackup\hourly'
        }

        It 'does not replace what somebody else made, unless it is forced to' {
            $global:MirrorBackupTestTasks['\MirrorBackup\docs'] = [pscustomobject]@{ TaskName = 'docs'; TaskPath = '\MirrorBackup\'; Source = $null; Documentation = $null }
            $null = Register-BackupJob $jobs docs -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-ErrorId $failed | Should -Be 'ScheduledJobExists,Register-BackupJob'
            { Unregister-BackupJob docs -ErrorAction Stop } | Should -Throw -ErrorId 'ScheduledJobNotFound,Unregister-BackupJob'
            (Register-BackupJob $jobs docs -Force -WarningAction SilentlyContinue).Job | Should -Be 'docs'
        }

        It 'writes XML that other machines can take' {
            $out = [System.IO.Path]::Combine($TestDrive, 'xml')
            $file = Register-BackupJob $jobs docs -OutputFolder $out -WarningAction SilentlyContinue
            $file.Name | Should -Be 'docs.xml'
            $bytes = [System.IO.File]::ReadAllBytes($file.FullName)
            '{0:X2}{1:X2}' -f $bytes[0], $bytes[1] | Should -Be 'FFFE'
            $xml = [System.Xml.XmlDocument]::new()
            $xml.Load($file.FullName)
            $xml.Task.RegistrationInfo.URI | Should -Be '\MirrorBackup\docs'
            $global:MirrorBackupTestTasks.Count | Should -Be 0
            @(Register-BackupJob $jobs docs -OutputFolder $out -WarningAction SilentlyContinue).Count | Should -Be 1 -Because 'it is our own'
        }

        It 'Test-BackupJob tells whether a task is there, and still starts the job' {
            (Get-ScheduleTest).Message | Should -Match 'has a schedule and is not registered'
            $null = Register-BackupJob $jobs docs -WarningAction SilentlyContinue
            "$((Get-ScheduleTest).Status): $((Get-ScheduleTest).Message)" | Should -Be "Passed: The job is registered as '\MirrorBackup\docs'; it starts next on 2026-11-27 02:30."
            $task = $global:MirrorBackupTestTasks['\MirrorBackup\docs']
            $gone = [System.IO.Path]::Combine($TestDrive, 'gone module', 'Invoke-ScheduledJob.ps1')
            $task.Actions[0].Arguments = $task.Actions[0].Arguments -replace '-File (?:"[^"]+"|\S+)', "-File `"$gone`""
            (Get-ScheduleTest).Message | Should -Be "'\MirrorBackup\docs' starts '$gone', which is not there."
            $task.Settings.Enabled = $false
            $null = & ([scriptblock]::Create((Get-ScheduleTest).Hint)) 3>$null
            (Get-ScheduleTest).Status | Should -Be 'Passed'
            $global:MirrorBackupTestTasks['\MirrorBackup\docs'].Settings.Enabled = $false
            (Get-ScheduleTest).Message | Should -Match 'because it is disabled'
        }

        It 'Test-BackupJob has nothing to say of tasks to those who do not see all of them' {
            Mock Test-Elevation { $false } -ModuleName MirrorBackup
            Get-ScheduleTest | Should -BeNullOrEmpty
        }

        It 'unregisters' {
            $null = Register-BackupJob $jobs -WarningAction SilentlyContinue
            Unregister-BackupJob docs -WhatIf
            $global:MirrorBackupTestTasks.Count | Should -Be 2
            Unregister-BackupJob -Path $jobs -ErrorAction Stop
            $global:MirrorBackupTestTasks.Count | Should -Be 0
        }
    }
}
