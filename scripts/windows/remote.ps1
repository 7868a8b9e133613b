# What must hold of remoting and jobs: with this machine as the other computer.
function Test-Remoting {
    param($Report, [string]$Work)
    $manifest = [System.IO.Path]::Combine((Get-Module -Name MirrorBackup).ModuleBase, 'MirrorBackup.psd1')
    $source = "$Work\source\folder"
    $set = "$Work\remote-set"
    foreach ($run in 1..3) { $null = New-MirrorBackup -Source $source -Destination $set -WarningAction SilentlyContinue }

    Test-Fact $Report 'results of a job bind here' {
        $job = Start-Job -ArgumentList $manifest, $set -ScriptBlock { param($manifest, $set) Import-Module $manifest; Get-BackupGeneration $set }
        $generations = @($job | Wait-Job | Receive-Job)
        $job | Remove-Job
        Assert-Equal $generations.Count 3 'the number of generations'
        Assert-Equal (@($generations | Get-BackupGeneration).Name -join ' ') ($generations.Name -join ' ') 'their names'
        ($generations[0] | Lock-BackupGeneration -Reason 'check').PinReason
        $null = $generations[0] | Unlock-BackupGeneration -Confirm:$false
    }

    try { $null = Test-WSMan -ComputerName localhost -ErrorAction Stop }
    catch { return Skip-Fact $Report 'generations are removed by PowerShell remoting' 'Enable-PSRemoting switches it on' }
    Test-Fact $Report 'generations are removed by PowerShell remoting' {
        $old = Invoke-Command -ComputerName localhost -ArgumentList $manifest, $set -ScriptBlock { param($manifest, $set) Import-Module $manifest; Get-BackupGeneration $set }
        $results = @($old | Select-Object -First 2 | Invoke-Command -ComputerName localhost -ArgumentList $manifest -ScriptBlock {
                param($manifest)
                Import-Module $manifest
                $input | Remove-BackupGeneration -Confirm:$false
            })
        Assert-Equal ($results.Action -join ' ') 'Remove Remove' 'what was done'
        Assert-Equal @(Get-BackupGeneration $set).Count 1 'what is left'
        $results | Out-String
    }
    $installed = Invoke-Command -ComputerName localhost -ScriptBlock { [bool](Get-Command -Name Invoke-BackupJob -ErrorAction Ignore) }
    if (-not $installed) { return Skip-Fact $Report 'a job runs on another computer' 'the module is not installed: copy module\MirrorBackup to a folder of PSModulePath' }
    Test-Fact $Report 'a job runs on another computer, which gets its file' {
        $file = "$Work\job.yml"
        $destination = "$Work\job-%ComputerName%"
        [System.IO.File]::WriteAllText($file, "version: 1`njobs:`n  check:`n    sources: ['$source']`n    destination: '$destination'`n    snapshot: None`n")
        $result = Invoke-BackupJob $file -ComputerName localhost -WarningAction SilentlyContinue
        Assert-Equal $result.State 'Complete' 'its state'
        Assert-Equal $result.PSComputerName 'localhost' 'the computer'
        Assert-Equal @($result | Get-BackupGeneration).Count 1 'the number of generations'
        $result | Out-String
    }
    Test-Fact $Report 'a computer that cannot be reached is an error with its name' {
        $result = @(Invoke-BackupJob "$Work\job.yml" -ComputerName localhost, 'nobody.invalid' -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue)
        Assert-Equal $result.Count 1 'the number of results'
        Assert-Equal ([string]$failed[-1] -like '*nobody.invalid*') $true 'whether the error names it'
        [string]$failed[-1]
    }
}

# What must hold of jobs on this machine: hooks, which are ended with all they start, and the script for schedulers.
function Test-Job {
    param($Report, [string]$Work)
    $source = "$Work\source\folder"
    $file = "$Work\hooks.yml"
    $shell = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    $script = [System.IO.Path]::Combine((Get-Module -Name MirrorBackup).ModuleBase, 'Invoke-ScheduledJob.ps1')
    Test-Fact $Report 'a hook that takes too long is ended with its children' {
        [System.IO.File]::WriteAllText("$Work\hook.cmd", "@echo off`r`nstart /b ping -n 600 127.0.0.1 > nul`r`nping -n 600 127.0.0.1 > nul`r`n")
        [System.IO.File]::WriteAllText($file, "version: 1`njobs:`n  hooked:`n    sources: ['$source']`n    destination: '$Work\hooked'`n    snapshot: None`n    hooks: { before: [{ run: '$Work\hook.cmd', timeout: 5s }] }`n")
        $before = @(Get-Process -Name PING -ErrorAction SilentlyContinue).Count
        $result = Invoke-BackupJob $file -ErrorAction SilentlyContinue
        Assert-Equal "$($result.State) $($result.Problems[0].Id)" 'Failed HookFailed' 'the outcome'
        Assert-Equal @(Get-Process -Name PING -ErrorAction SilentlyContinue).Count $before 'programs that are left'
    }
    Test-Fact $Report 'a scheduler gets the exit code of a job, and no output' {
        [System.IO.File]::WriteAllText($file, "version: 1`njobs:`n  good:`n    sources: ['$source']`n    destination: '$Work\good'`n    snapshot: None`n  bad:`n    sources: ['$Work\no-such-folder']`n    destination: '$Work\bad'`n")
        $said = & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File $script -Path $file -Name good
        Assert-Equal "$LASTEXITCODE $said" '0 ' 'exit code and output of a good one'
        $null = & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File $script -Path $file -Name bad 2>$null
        Assert-Equal $LASTEXITCODE 1 'the exit code of a bad one'
    }
}
