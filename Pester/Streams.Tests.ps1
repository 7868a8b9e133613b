# What a command says while it works: progress, verbose and debug streams, with the engine.
Describe 'Streams of a command' {
    BeforeAll {
        Import-Module -Name MirrorBackup
        . "$PSScriptRoot/fixtures/FakeEngine.ps1"
        $manifest = [System.IO.Path]::Combine((Get-Module -Name MirrorBackup).ModuleBase, 'MirrorBackup.psd1')
        $source = [System.IO.Path]::Combine($TestDrive, 'docs')
        $null = [System.IO.Directory]::CreateDirectory($source)
        foreach ($number in 1..20) { [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, "$number.txt"), "$number") }
        $set = [System.IO.Path]::Combine($TestDrive, 'set')

        # In a runspace of its own, whose records can be looked at. Returns them, with those of errors.
        function Invoke-Shell {
            param([scriptblock]$Script, [object[]]$Argument)
            $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            try {
                $null = $shell.AddScript('param($manifest) Import-Module -Name $manifest').AddArgument($manifest).Invoke()
                $shell.Commands.Clear()
                $null = $shell.AddScript($Script.ToString())
                foreach ($one in $Argument) { $null = $shell.AddArgument($one) }
                $failed = $null
                try { $null = $shell.Invoke() } catch { $failed = $_ }
                return @{
                    Progress = @($shell.Streams.Progress)
                    Verbose  = @($shell.Streams.Verbose | ForEach-Object -Process { [string]$_ })
                    Debug    = @($shell.Streams.Debug | ForEach-Object -Process { [string]$_ })
                    Failed   = $failed
                }
            }
            finally { $shell.Dispose() }
        }
    }

    It 'show progress, which ends with the command' {
        $said = Invoke-Shell { param($source, $set) New-MirrorBackup $source $set -WarningAction Ignore } $source, $set
        $said.Progress[0].Activity | Should -BeLike "*$set*"
        @($said.Progress.StatusDescription) | Should -Contain 'Flushing'
        $said.Progress[-1].RecordType | Should -Be 'Completed'
    }

    It 'end progress after <Scenario>, too' -TestCases @(
        @{ Scenario = 'an error of the command' }
        @{ Scenario = 'an item that stops it' }
        @{ Scenario = 'a later command that has enough' }
    ) {
        param($Scenario)
        $script = switch ($Scenario) {
            'an error of the command' { { param($source, $set) New-MirrorBackup $source "$source/inside" } }
            'an item that stops it' { { param($source, $set) & (Get-Module -Name MirrorBackup) { $script:EnginePath = $env:FAKE_ENGINE_PATH }; New-MirrorBackup $source $set -ErrorAction Stop } }
            'a later command that has enough' { { param($source, $set) foreach ($once in 1) { New-MirrorBackup $source "$set 2" -OutputItem -WarningAction Ignore | ForEach-Object -Process { break } } } }
        }
        if ($Scenario -eq 'an item that stops it') {
            Use-FakeEngine notifications
            $env:FAKE_ENGINE_PATH = & (Get-Module -Name MirrorBackup) { $script:EnginePath }
        }
        try { $said = Invoke-Shell $script $source, $set }
        finally { Reset-Engine; $env:FAKE_ENGINE_PATH = $null }
        $shown = @($said.Progress | Where-Object -FilterScript { $_.RecordType -eq 'Processing' })
        if ($shown) { $said.Progress[-1].RecordType | Should -Be 'Completed' }
        if ($Scenario -ne 'an error of the command') { $shown | Should -Not -BeNullOrEmpty }
    }

    It 'show bytes, items, speed and the time that is left' {
        Use-FakeEngine notifications
        $env:FAKE_ENGINE_PATH = & (Get-Module -Name MirrorBackup) { $script:EnginePath }
        try {
            $said = Invoke-Shell { param($source, $set) & (Get-Module -Name MirrorBackup) { $script:EnginePath = $env:FAKE_ENGINE_PATH }; New-MirrorBackup $source $set -ErrorAction Ignore -WarningAction Ignore } $source, $set
        }
        finally { Reset-Engine; $env:FAKE_ENGINE_PATH = $null }
        $said.Progress[0].StatusDescription | Should -Match '^Scanning: 1.234 items$'
        $said.Progress[0].CurrentOperation | Should -Be "docs/a$([char]0x241B)1B[31m"
        $said.Progress[1].StatusDescription | Should -Match '^Copying: 2.000 of 4.000 items, 1.00 MiB of 2.00 MiB, 1.00 KiB/s$'
        $said.Progress[1].PercentComplete | Should -Be 50
        $said.Progress[1].SecondsRemaining | Should -Be 13
        $said.Progress[2].RecordType | Should -Be 'Completed'
    }

    It 'tell decisions with -Verbose' {
        $fresh = "$set verbose"
        $said = Invoke-Shell { param($source, $set) New-MirrorBackup $source $set -Snapshot None -Verbose } $source, $fresh
        $said.Verbose | Should -Contain 'There is no generation to compare with: everything is copied.'
        @($said.Verbose -match '^No snapshot').Count | Should -Be 1
        $said = Invoke-Shell { param($source, $set) New-MirrorBackup $source $set -Snapshot None -Verbose } $source, $fresh
        @($said.Verbose -match '^Compared with the generation .+, which has 20 files\.$').Count | Should -Be 1
        $said.Debug.Count | Should -Be 0
    }

    It 'tell the messages with -Debug, cut where they get long' {
        $said = Invoke-Shell { param($source, $set) $DebugPreference = 'Continue'; New-MirrorBackup $source $set -Snapshot None } $source, "$set debug"
        @($said.Debug -match '^Sent: .*"method":"createGeneration"').Count | Should -Be 1
        @($said.Debug -match '^Received: .*"result":').Count | Should -BeGreaterThan 0
        foreach ($line in $said.Debug) { $line.Length | Should -BeLessThan 330 }
    }

    It 'show no secret in the debug stream' {
        $shown = & (Get-Module -Name MirrorBackup) {
            $DebugPreference = 'Continue'
            $cmdlet = [pscustomobject]@{}
            $cmdlet | Add-Member -MemberType ScriptMethod -Name WriteDebug -Value { param($text) $text }
            Write-EngineDebug $cmdlet 'Sent' '{"smtpPassword":"p\"w1","apiToken" : "t2","nested":{"secret":{"a":"t3"}},"credentials":["t4"],"path":"/kept"}'
        }
        $shown | Should -Match '/kept'
        $shown | Should -Not -Match 'w1|t2|t3|t4'
    }
}
