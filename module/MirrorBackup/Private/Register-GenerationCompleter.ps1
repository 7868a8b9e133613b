# Tab completes generation names, newest first, once the set is on the command line.
function Register-GenerationCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
        $setPath = $fakeBoundParameters['SetPath']
        if (-not $setPath) { $setPath = $fakeBoundParameters['Destination'] }
        if (-not $setPath) { return }
        $typed = ([string]$wordToComplete).Trim('''"')
        $names = @(try { (Get-BackupGeneration -SetPath $setPath -Name "$typed*" -ErrorAction Ignore -WarningAction Ignore).Name } catch { $null })
        [array]::Reverse($names)
        foreach ($name in $names) {
            if (-not $name) { continue }
            $quoted = if ($name -match '^[\w.-]+$') { $name } else { "'" + $name.Replace("'", "''") + "'" }
            [System.Management.Automation.CompletionResult]::new($quoted, $name, 'ParameterValue', $name)
        }
    }
    $completed = @{
        'Get-BackupGeneration'     = 'Name'
        'Remove-BackupGeneration'  = 'Name'
        'Lock-BackupGeneration'    = 'Name'
        'Unlock-BackupGeneration'  = 'Name'
        'Compare-BackupGeneration' = 'Reference', 'Difference'
        'Find-BackupItem'          = 'Name'
        'Measure-BackupGeneration' = 'Name'
        'Restore-BackupItem'       = 'Generation'
        'Test-BackupGeneration'    = 'Name'
    }
    foreach ($command in $completed.Keys) {
        foreach ($parameter in $completed[$command]) {
            Register-ArgumentCompleter -CommandName $command -ParameterName $parameter -ScriptBlock $completer
        }
    }
}
