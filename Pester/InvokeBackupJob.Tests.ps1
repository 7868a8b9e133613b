# Invoke-BackupJob with the real engine: what it runs, outputs, writes as errors and warnings, and what it changes not. And
# the script that schedulers start, and the script block that goes to other computers.
Describe 'Invoke-BackupJob' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        . "$PSScriptRoot/fixtures/ParameterContract.ps1"
        $stateBefore = $env:MIRRORBACKUP_STATE
        $module = Get-Module -Name MirrorBackup

        function Join-Part {
            [System.IO.Path]::Combine([string[]]$args)
        }

        # A folder with a source, and a job file in it whose jobs are given as YAML of their own.
        function New-JobFolder {
            param([string]$Jobs)
            $folder = Join-Part $TestDrive ([guid]::NewGuid().ToString('N'))
            $null = [System.IO.Directory]::CreateDirectory((Join-Part $folder 'docs'))
            [System.IO.File]::WriteAllText((Join-Part $folder 'docs' 'a.txt'), 'a')
            [System.IO.File]::WriteAllText((Join-Part $folder 'jobs.yml'), "version: 1`njobs:`n$Jobs")
            $env:MIRRORBACKUP_STATE = Join-Part $folder 'state'
            return $folder
        }

        # What remoting does to an object.
        function Copy-Remotely {
            param([Parameter(ValueFromPipeline = $true)] $InputObject)
            process {
                [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($InputObject))
            }
        }

        $good = "  docs:`n    sources: [docs]`n    destination: set`n    snapshot: None`n"
        $bad = "  bad:`n    sources: [nowhere]`n    destination: other`n    snapshot: None`n"
        $off = "  off:`n    enabled: false`n    sources: [docs]`n    destination: off`n    snapshot: None`n"
    }
    AfterAll {
        $env:MIRRORBACKUP_STATE = $stateBefore
    }

    It 'has these parameters' {
        # In which order the sets of a parameter come is not defined.
        Get-ParameterContract 'Invoke-BackupJob' | Sort-Object | Should -Be @(@(
            'Path [String[]] set=Path position=0 by-value by-name alias=File,FullName'
            'Path [String[]] set=ComputerName mandatory position=0 by-value by-name alias=File,FullName'
            'Path [String[]] set=Session mandatory position=0 by-value by-name alias=File,FullName'
            'Name [String[]] position=1 by-name alias=Job'
            'AllowSetChange [SwitchParameter]'
            'AllowSourceChange [SwitchParameter]'
            'AllowEmptySource [SwitchParameter]'
            'ComputerName [String[]] set=ComputerName mandatory alias=Cn'
            'Session [PSSession[]] set=Session mandatory'
            'Credential [PSCredential] set=ComputerName'
            'ThrottleLimit [Int32] set=ComputerName'
            'ThrottleLimit [Int32] set=Session'
            'Authentication [AuthenticationMechanism] set=ComputerName'
            'ConfigurationName [String] set=ComputerName'
            'SessionOption [PSSessionOption] set=ComputerName'
            'UseSSL [SwitchParameter] set=ComputerName'
        ) | Sort-Object)
    }

    Context 'here' {
        It 'outputs what a job did' {
            $folder = New-JobFolder $good
            $result = Invoke-BackupJob (Join-Part $folder 'jobs.yml')
            $result.PSTypeNames[0] | Should -Be 'MirrorBackup.JobResult'
            "$($result.Job) $($result.State) $($result.ExitCode)" | Should -Be 'docs Complete 0'
            $result.Destination | Should -Be (Join-Part $folder 'set')
            $result.Generation.PSTypeNames[0] | Should -Be 'MirrorBackup.Generation'
            $result.Generation.Files | Should -Be 1
            $result.Duration | Should -BeOfType ([timespan])
            $result.Problems.Count | Should -Be 0
            [System.IO.File]::Exists($result.LogFile) | Should -BeTrue
            @($result | Get-BackupGeneration).Count | Should -Be 1
            ($result | Test-BackupGeneration -Content).IsGood | Should -BeTrue
        }

        It 'goes on after a job that fails, which is an error with the id of its first problem' {
            $folder = New-JobFolder ($bad + $good)
            $results = @(Invoke-BackupJob $folder -ErrorAction SilentlyContinue -ErrorVariable failed)
            "$($results.State)" | Should -Be 'Failed Complete'
            "$($results.ExitCode)" | Should -Be '1 0'
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -Be 'SourceNotFound,Invoke-BackupJob'
            [string]$failed[0] | Should -BeLike "The job 'bad' failed: *nowhere*does not exist*"
            $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }

        It 'outputs the result before an error that ends the pipeline' {
            $folder = New-JobFolder ($bad + $good)
            $results = [System.Collections.Generic.List[object]]::new()
            { Invoke-BackupJob $folder -ErrorAction Stop | ForEach-Object -Process { $results.Add($_) } } | Should -Throw -ErrorId 'SourceNotFound,Invoke-BackupJob'
            $results.Count | Should -Be 1
        }

        It 'warns of a job that is partial' {
            $folder = New-JobFolder ($good + "    hooks: { after: [{ run: no/such/program }] }`n")
            $result = Invoke-BackupJob $folder -WarningAction SilentlyContinue -WarningVariable warned -ErrorVariable failed
            "$($result.State) $($result.ExitCode) $($result.Problems[0].Id)" | Should -Be 'Partial 3 HookFailed'
            "$warned" | Should -BeLike "*The job 'docs' is partial: *no?such?program*"
            $failed.Count | Should -Be 0
        }

        It 'runs a job that is not enabled only for its exact name' {
            $folder = New-JobFolder ($good + $off)
            (Invoke-BackupJob $folder).Job | Should -Be 'docs'
            Invoke-BackupJob $folder -Name 'o*' | Should -BeNullOrEmpty
            (Invoke-BackupJob $folder -Name 'off').Job | Should -Be 'off'
            (Invoke-BackupJob $folder -Name 'd*', 'off').Job -join ' ' | Should -Be 'docs off'
        }

        It 'says what is wrong with a job file, and runs the jobs of others' {
            $folder = New-JobFolder $good
            [System.IO.File]::WriteAllText((Join-Part $folder 'a.yml'), "version: 1`njobs: { x: { sauces: [docs], destination: set } }")
            (Invoke-BackupJob $folder -ErrorAction SilentlyContinue -ErrorVariable failed).Job | Should -Be 'docs'
            $failed[0].FullyQualifiedErrorId | Should -Be 'JobInvalid,Invoke-BackupJob'
            Invoke-BackupJob (Join-Part $folder 'no.yml') -ErrorAction SilentlyContinue -ErrorVariable missing
            $missing[0].FullyQualifiedErrorId | Should -Be 'JobFileNotFound,Invoke-BackupJob'
            Invoke-BackupJob $folder -Name nobody -ErrorAction SilentlyContinue -ErrorVariable unknown
            $unknown[-1].FullyQualifiedErrorId | Should -BeIn 'JobNotFound,Invoke-BackupJob', 'JobInvalid,Invoke-BackupJob'
        }

        It 'takes files from Get-ChildItem and copies of them, each job once' {
            $folder = New-JobFolder $good
            $file = Get-Item -LiteralPath (Join-Part $folder 'jobs.yml')
            @($file, ($file | Copy-Remotely), $folder | Invoke-BackupJob).Count | Should -Be 1
            (Get-BackupJob $folder | Invoke-BackupJob | Invoke-BackupJob).Job | Should -Be 'docs'
            (Get-BackupJob $folder).LastResult.PSTypeNames[0] | Should -Be 'MirrorBackup.JobResult'
            (Invoke-BackupJob (Join-Part $folder 'j*.yml')).Job | Should -Be 'docs'
        }

        It 'plans with -WhatIf, and changes nothing' {
            $folder = New-JobFolder ($good + "    retention: { keepLast: 1 }`n    hooks: { before: [{ run: no/such/program }] }`n")
            $plan = Invoke-BackupJob $folder -WhatIf
            $plan.PSTypeNames[0] | Should -Be 'MirrorBackup.JobPlan'
            "$($plan.State) $($plan.Plan.PSTypeNames[0]) $($plan.Plan.Files) $($plan.Hooks[0].Stage)" | Should -Be 'Planned MirrorBackup.Plan 1 Before'
            [System.IO.Directory]::GetFileSystemEntries($folder).Count | Should -Be 2
        }

        It 'leaves LASTEXITCODE alone' {
            $folder = New-JobFolder $bad
            $global:LASTEXITCODE = 42
            $null = Invoke-BackupJob $folder -ErrorAction SilentlyContinue
            $global:LASTEXITCODE | Should -Be 42
        }

        It 'runs hooks that are scripts' {
            $folder = New-JobFolder ($good + "    hooks: { after: [{ script: after.ps1, arguments: ['a b'] }] }`n")
            [System.IO.File]::WriteAllText((Join-Part $folder 'after.ps1'), 'param($Text) [System.IO.File]::WriteAllText("$PSScriptRoot/said", "$Text $env:MIRRORBACKUP_JOB_STATE"); exit 5')
            $result = Invoke-BackupJob $folder -WarningAction SilentlyContinue
            [System.IO.File]::ReadAllText((Join-Part $folder 'said')) | Should -Be 'a b Complete'
            $result.Hooks[0].ExitCode | Should -Be 5
        }

        It 'that is stopped cancels the job, which says so in its log' {
            $node = & $module { Find-Node $null }
            $folder = New-JobFolder ($good + "    hooks: { before: [{ run: '$node', arguments: ['-e', 'require(""fs"").writeFileSync(""sign"", """"); setInterval(() => {}, 1000)'] }] }`n")
            $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            $null = $shell.AddScript('param($manifest, $folder) Import-Module -Name $manifest; Invoke-BackupJob $folder').AddArgument((Join-Part $module.ModuleBase 'MirrorBackup.psd1')).AddArgument($folder)
            try {
                $null = $shell.BeginInvoke()
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                while (-not [System.IO.File]::Exists((Join-Part $folder 'sign')) -and $clock.Elapsed.TotalSeconds -lt 60) { [System.Threading.Thread]::Sleep(20) }
                $shell.Stop()
            }
            finally { $shell.Dispose() }
            $log = [System.IO.Directory]::GetFiles((Join-Part $folder 'state' 'logs' 'docs'))
            $last = [System.IO.File]::ReadAllLines($log[0])[-1] | ConvertFrom-Json
            "$($last.event) $($last.data.state) $($last.data.exitCode)" | Should -Be 'run.end Cancelled 130'
        }
    }

    Context 'with secrets' {
        BeforeAll {
            $notify = "    notify: { mail: { server: localhost, from: a@example.org, to: [b@example.org], password: { secret: mail }, user: x, when: [Cancelled] }," +
            " webhook: [{ url: { secret: hook, vault: Team }, when: [Cancelled] }] }`n"
        }
        AfterEach {
            Remove-Item -Path Function:\global:Get-Secret -ErrorAction Ignore
        }

        It 'that cannot be had: the backup is made, and the job is partial' {
            $folder = New-JobFolder ($good + $notify)
            $result = Invoke-BackupJob $folder -WarningAction SilentlyContinue
            "$($result.State) $($result.Problems[0].Id)" | Should -Be 'Partial SecretModuleMissing'
            $result.Generation.State | Should -Be 'Complete'
            function global:Get-Secret { param($Name, $Vault, [switch]$AsPlainText) throw "The vault is locked. $AsPlainText $Vault" }
            $result = Invoke-BackupJob $folder -WarningAction SilentlyContinue
            "$($result.State) $($result.Problems.Id)" | Should -Be 'Partial SecretNotFound SecretNotFound'
            $result.Problems[0].Message | Should -BeLike '*mail*The vault is locked*'
        }

        It 'sends them with the request, and shows them nowhere' {
            function global:Get-Secret { param($Name, $Vault, [switch]$AsPlainText) "hunter2-$Vault-$Name" }
            $folder = New-JobFolder ($good + $notify)
            $streams = & {
                $DebugPreference = 'Continue'
                $VerbosePreference = 'Continue'
                Invoke-BackupJob $folder | Format-List
            } *>&1 | Out-String
            $streams | Should -BeLike '*State*: Complete*'
            $streams | Should -Not -BeLike '*hunter2*'
            foreach ($file in [System.IO.Directory]::GetFiles($folder, '*', 'AllDirectories')) { [System.IO.File]::ReadAllText($file) | Should -Not -BeLike '*hunter2*' -Because $file }
            $settings = & $module { param($json) ConvertFrom-EngineJson $json } '{"notify":{"mail":{"password":{"secret":"mail"}},"webhook":[{"url":{"secret":"hook","vault":"Team"},"headers":{"a":"x","b":{"secret":"c"}}}]}}'
            $named = & $module { param($settings) Get-SecretReference $settings } $settings
            ($named | ForEach-Object -Process { "$($_.vault)/$($_.secret)" }) -join ' ' | Should -Be '/mail Team/hook /c'
        }
    }

    Context 'for a scheduler' {
        BeforeAll {
            $shell = & $module { Get-HookShell }
            $script = Join-Part $module.ModuleBase 'Invoke-ScheduledJob.ps1'

            # Runs the script as a scheduler does; returns its exit code and what it wrote.
            function Invoke-Scheduled {
                $start = [System.Diagnostics.ProcessStartInfo]::new($shell.path)
                $start.Arguments = & $module { param($words) Join-ProcessArgument $words } (@($shell.arguments) + @($script) + @($args))
                $start.UseShellExecute = $false
                $start.RedirectStandardOutput = $true
                $start.RedirectStandardError = $true
                $process = [System.Diagnostics.Process]::Start($start)
                $errors = $process.StandardError.ReadToEndAsync()
                $output = $process.StandardOutput.ReadToEnd()
                $process.WaitForExit()
                [pscustomobject]@{ Code = $process.ExitCode; Output = $output; Errors = $errors.Result }
            }
        }

        It 'ends with 0 and says nothing where all is well' {
            $folder = New-JobFolder $good
            $ended = Invoke-Scheduled -Path $folder -Name docs
            "$($ended.Code)|$($ended.Output)|$($ended.Errors)" | Should -Be '0||'
        }

        It 'says in one line why no job could run' {
            $node = $env:MIRRORBACKUP_NODE
            $env:MIRRORBACKUP_NODE = Join-Part $TestDrive 'no-such-node'
            try { $ended = Invoke-Scheduled -Path (New-JobFolder $good) -Name docs }
            finally { $env:MIRRORBACKUP_NODE = $node }
            $ended.Code | Should -Be 1
            $ended.Errors.Trim() | Should -Match '^The engine needs Node\.js, but [^\r\n]+$'
        }

        It 'ends with the worst exit code' {
            $partial = $good + "    hooks: { after: [{ run: no/such/program }] }`n"
            (Invoke-Scheduled -Path (New-JobFolder $partial)).Code | Should -Be 3
            $ended = Invoke-Scheduled -Path (New-JobFolder ($bad + $partial))
            $ended.Code | Should -Be 1
            $ended.Errors | Should -BeLike "*The job 'bad' failed*"
            $ended.Output | Should -BeNullOrEmpty
        }

        It 'ends with 1 where there is no such job, and with 0 where it is not enabled' {
            $folder = New-JobFolder $off
            $ended = Invoke-Scheduled -Path (Join-Part $folder 'jobs.yml') -Name nobody
            "$($ended.Code) $($ended.Errors)" | Should -BeLike '1 *nobody*'
            (Invoke-Scheduled -Path (Join-Part $folder 'jobs.yml') -Name off).Code | Should -Be 0
            [System.IO.Directory]::Exists((Join-Part $folder 'off')) | Should -BeFalse
            (Invoke-Scheduled -Path (Join-Part $folder 'no.yml')).Code | Should -Be 1
        }

        It 'ends with 1 where the engine cannot run' {
            $folder = New-JobFolder $good
            $before = $env:MIRRORBACKUP_NODE
            try {
                $env:MIRRORBACKUP_NODE = Join-Part $folder 'no-node'
                $ended = Invoke-Scheduled -Path $folder
                "$($ended.Code) $($ended.Errors)" | Should -BeLike '1 *no-node*'
            }
            finally { $env:MIRRORBACKUP_NODE = $before }
        }
    }

    Context 'on other computers' {
        BeforeAll {
            $scriptBlock = & $module { $script:FleetScript }

            # Runs what travels as another computer does: a new runspace, with nothing but text and serialized arguments.
            function Invoke-Elsewhere {
                param($Arguments, [switch]$WithoutModule)
                $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
                try {
                    if (-not $WithoutModule) {
                        $null = $shell.AddScript('param($manifest) Import-Module -Name $manifest').AddArgument((Join-Part $module.ModuleBase 'MirrorBackup.psd1')).Invoke()
                        $shell.Commands.Clear()
                    }
                    else {
                        $null = $shell.AddScript('$env:PSModulePath = ''''; $PSModuleAutoLoadingPreference = ''None''').Invoke()
                        $shell.Commands.Clear()
                    }
                    $null = $shell.AddScript($scriptBlock.ToString())
                    foreach ($argument in $Arguments) { $null = $shell.AddArgument((, $argument | Copy-Remotely)) }
                    $output = @($shell.Invoke())
                    [pscustomobject]@{ Output = @($output | Copy-Remotely); Errors = @($shell.Streams.Error) }
                }
                finally { $shell.Dispose() }
            }
            $home_ = $env:XDG_DATA_HOME
            $path = $env:PSModulePath
        }
        BeforeEach {
            $env:XDG_DATA_HOME = Join-Part $TestDrive 'data'
        }
        AfterEach {
            $env:XDG_DATA_HOME = $home_
            $env:PSModulePath = $path
        }

        It 'sends the job files, which are all that is needed there' {
            $folder = New-JobFolder $good
            $absolute = [System.IO.File]::ReadAllText((Join-Part $folder 'jobs.yml')).Replace('[docs]', "['$(Join-Part $folder 'docs')']").Replace('destination: set', "destination: '$(Join-Part $folder '%ComputerName%')'")
            [System.IO.File]::WriteAllText((Join-Part $folder 'jobs.yml'), $absolute)
            $files = @(& $module { param($path) Read-FleetFile $null $path } $folder)
            $files[0].Name | Should -Be 'jobs.yml'
            [System.IO.File]::Delete((Join-Part $folder 'jobs.yml'))
            $answer = Invoke-Elsewhere $files, @('docs'), $false, @('MirrorBackup', [guid]::NewGuid().ToString('N'))
            $answer.Errors.Count | Should -Be 0
            $result = $answer.Output[0]
            $result.PSTypeNames[0] | Should -Be 'Deserialized.MirrorBackup.JobResult'
            "$($result.State) $($result.Generation.Files)" | Should -Be 'Complete 1'
            [System.IO.Path]::GetFileName($result.Destination) | Should -Be ([System.Net.Dns]::GetHostName())
            @($result | Get-BackupGeneration).Count | Should -Be 1
            @($result.Generation | Get-BackupGeneration).Name | Should -Be $result.Generation.Name
            ($result | Out-String) | Should -BeLike '*docs*Complete*'
        }

        It 'plans there with -WhatIf' {
            $folder = New-JobFolder $good
            $files = @(& $module { param($path) Read-FleetFile $null $path } (Join-Part $folder 'jobs.yml'))
            $answer = Invoke-Elsewhere $files, @(), $true, @('MirrorBackup', [guid]::NewGuid().ToString('N'))
            $answer.Output[0].PSTypeNames[0] | Should -Be 'Deserialized.MirrorBackup.JobPlan'
        }

        It 'takes along what is said to be meant' {
            $folder = New-JobFolder $good
            $code = {
                param($path, $given)
                # In the place of Invoke-Command, which cannot reach anybody here.
                function Invoke-Command { param($ScriptBlock, $ArgumentList, $ComputerName) @{ Arguments = $ArgumentList } }
                Invoke-BackupJob $path -ComputerName PC1 @given
            }
            $there = @('MirrorBackup', [guid]::NewGuid().ToString('N'))
            function Invoke-There {
                param($Given)
                $arguments = (& $module $code (Join-Part $folder 'jobs.yml') $Given).Arguments
                $arguments[3] = $there
                Invoke-Elsewhere $arguments
            }
            function Set-Source {
                param($Name)
                $null = [System.IO.Directory]::CreateDirectory((Join-Part $folder $Name))
                $text = "version: 1`njobs:`n  docs:`n    sources: ['$(Join-Part $folder $Name)']`n    destination: '$(Join-Part $folder 'set')'`n    snapshot: None`n"
                [System.IO.File]::WriteAllText((Join-Part $folder 'jobs.yml'), $text)
            }
            Set-Source 'docs'
            (Invoke-There @{}).Output[0].State | Should -Be 'Complete'
            Set-Source 'other'
            [System.IO.File]::WriteAllText((Join-Part $folder 'other' 'a.txt'), 'a')
            (Invoke-There @{ AllowSourceChange = $false }).Output[0].State | Should -Be 'Failed'
            (Invoke-There @{ AllowSourceChange = $true }).Output[0].State | Should -Be 'Complete'
            [System.IO.File]::Delete((Join-Part $folder 'other' 'a.txt'))
            (Invoke-There @{}).Output[0].State | Should -Be 'Failed'
            (Invoke-There @{ AllowEmptySource = $true }).Output[0].State | Should -Be 'Complete'
            [System.IO.Directory]::Move((Join-Part $folder 'set'), (Join-Part $folder 'old set'))
            [System.IO.File]::WriteAllText((Join-Part $folder 'other' 'a.txt'), 'a')
            (Invoke-There @{ AllowSourceChange = $true }).Output[0].Problems[0].Id | Should -Be 'DestinationChanged'
            (Invoke-There @{ AllowSetChange = $true }).Output[0].State | Should -Be 'Complete'
        }

        It 'says so where the module is missing' {
            $answer = Invoke-Elsewhere @(), @(), $false, @('x') -WithoutModule
            $answer.Output.Count | Should -Be 1
            $code = {
                param($answer)
                # In the place of Invoke-Command, which cannot reach anybody here.
                function Invoke-Command { param($ScriptBlock, $ArgumentList, $ComputerName) $answer }
                function Start-Fleet { [CmdletBinding()] param() Invoke-FleetJob $PSCmdlet @($path) @() @{ ComputerName = 'pc1', 'pc2' } }
                $path = [System.IO.Path]::GetTempFileName()
                try { Start-Fleet -ErrorAction SilentlyContinue -ErrorVariable failed }
                finally { [System.IO.File]::Delete($path) }
                $failed
            }
            $failed = @(& $module $code $answer.Output)
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'ModuleMissing*'
            [string]$failed[0] | Should -BeLike "*not installed on $([System.Environment]::MachineName)*"
        }

        It 'refuses what it cannot send, and sends the rest' {
            $folder = New-JobFolder $good
            $other = New-JobFolder $good
            $code = {
                param($paths)
                function Get-Files { [CmdletBinding()] param($Paths) Read-FleetFile $PSCmdlet $Paths }
                Get-Files $paths -ErrorAction SilentlyContinue -ErrorVariable failed
                $failed
            }
            $all = @(& $module $code @($folder, (Join-Part $other 'jobs.yml'), (Join-Part $folder 'no.yml')))
            $all[0].Name | Should -Be 'jobs.yml'
            $all[1].FullyQualifiedErrorId | Should -BeLike 'JobInvalid*'
            $all[2].FullyQualifiedErrorId | Should -BeLike 'JobFileNotFound*'
        }

        It 'does not ask, and does nothing here' {
            $folder = New-JobFolder $good
            { Invoke-BackupJob $folder -ComputerName PC1 -Session $null } | Should -Throw
            [System.IO.Directory]::Exists((Join-Part $folder 'set')) | Should -BeFalse
        }
    }
}
