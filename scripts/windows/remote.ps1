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
}
