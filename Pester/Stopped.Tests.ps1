# Commands that run in the background, with the real engine, and are stopped: in a second runspace, as a thread job, and in
# a process of their own. Their output goes to a command that dawdles, so that the engine waits in the middle of its work.
Describe 'A command in the background' {
    BeforeDiscovery {
        # A job is a process of PowerShell's own program, which other hosts do not have.
        $program = foreach ($name in 'pwsh', 'pwsh.exe', 'powershell.exe') { [System.IO.Path]::Combine($PSHOME, $name) }
        $noJobs = -not ($program | Where-Object -FilterScript { [System.IO.File]::Exists($_) })
        $noThreadJobs = -not (Get-Command -Name Start-ThreadJob -ErrorAction Ignore)
        $ways = @(
            @{ Way = 'a second runspace'; Without = $null }
            @{ Way = 'a thread job'; Without = if ($noThreadJobs) { 'there is no Start-ThreadJob' } }
            @{ Way = 'a job'; Without = if ($noJobs) { 'this host cannot start jobs' } }
        )
    }
    BeforeAll {
        Import-Module -Name MirrorBackup
        $WarningPreference = 'SilentlyContinue'
        $manifest = [System.IO.Path]::Combine((Get-Module -Name MirrorBackup).ModuleBase, 'MirrorBackup.psd1')
        $source = [System.IO.Path]::Combine($TestDrive, 'docs')
        $null = [System.IO.Directory]::CreateDirectory($source)
        # What changed is told in more than the pipe between engine and module holds.
        $padding = "-" * 100
        foreach ($number in 1..6000) { [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, "$number$padding.txt"), "$number") }

        # The script to stop: it backs up, and notes when the first items are there.
        $work = {
            param($manifest, $source, $set, $sign)
            Import-Module -Name $manifest
            New-MirrorBackup $source $set -OutputItem -WarningAction SilentlyContinue | ForEach-Object -Process {
                [System.IO.File]::WriteAllText($sign, 'here')
                Start-Sleep -Milliseconds 20
            }
        }

        function Wait-Sign {
            param([string]$Path)
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            while (-not [System.IO.File]::Exists($Path)) {
                if ($clock.Elapsed.TotalSeconds -gt 60) { throw "There is no $Path." }
                [System.Threading.Thread]::Sleep(20)
            }
        }

        function Invoke-AndStop {
            param([string]$Way, [object[]]$Argument, [string]$Sign)
            if ($Way -eq 'a second runspace') {
                $shell = [powershell]::Create([initialsessionstate]::CreateDefault2()).AddScript($work)
                foreach ($one in $Argument) { $null = $shell.AddArgument($one) }
                try {
                    $null = $shell.BeginInvoke()
                    Wait-Sign $Sign
                    $shell.Stop()
                    return [string]$shell.InvocationStateInfo.State
                }
                finally { $shell.Dispose() }
            }
            $job = if ($Way -eq 'a job') { Start-Job -ScriptBlock $work -ArgumentList $Argument } else { Start-ThreadJob -ScriptBlock $work -ArgumentList $Argument }
            try {
                Wait-Sign $Sign
                Stop-Job -Job $job
                return [string]$job.State
            }
            finally { Remove-Job -Job $job -Force }
        }

        # An engine whose input has ended goes by itself.
        function Wait-NoChildProcess {
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            while (@(Get-ChildProcess).Count -and $clock.Elapsed.TotalSeconds -lt 10) { [System.Threading.Thread]::Sleep(50) }
            Get-ChildProcess | Should -BeNullOrEmpty
        }

        # Child processes of this one; on Linux only.
        function Get-ChildProcess {
            foreach ($folder in [System.IO.Directory]::GetDirectories('/proc')) {
                try { $stat = [System.IO.File]::ReadAllText("$folder/stat") }
                catch { continue }
                if ($stat -match '^(\d+) \(.*\) [^Z] (\d+) ' -and $Matches[2] -eq [string]$PID) { $Matches[1] }
            }
        }
    }

    It 'that is stopped in <Way> leaves its work to the next one, no lock and no process' -TestCases $ways {
        param($Way, $Without)
        if ($Without) { return Set-ItResult -Skipped -Because $Without }
        $set = [System.IO.Path]::Combine($TestDrive, [guid]::NewGuid().ToString('N'))
        $sign = "$set.sign"
        Invoke-AndStop $Way @($manifest, $source, $set, $sign) $sign | Should -Be 'Stopped'
        if ($env:OS -ne 'Windows_NT') { Wait-NoChildProcess }
        # On a busy machine it may have been done already when it was stopped.
        $interrupted = @(Get-BackupGeneration $set -State Incomplete).Count
        $interrupted + @(Get-BackupGeneration $set).Count | Should -Be 1
        $generation = New-MirrorBackup $source $set
        $generation.State | Should -Be 'Complete'
        $generation.Files | Should -Be 6000
        if ($interrupted) { $generation.ReusedFiles | Should -BeGreaterThan 0 }
        @(Get-BackupGeneration $set -State Incomplete).Count | Should -Be 0
    }
}
