# Tab completes names of jobs: of the files on the command line, or of this machine's.
function Register-JobCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
        $typed = ([string]$wordToComplete).Trim('''"')
        $given = @{ Name = "$typed*"; ErrorAction = 'Ignore'; WarningAction = 'Ignore' }
        if ($fakeBoundParameters['Path']) { $given['Path'] = $fakeBoundParameters['Path'] }
        $names = @(try { (Get-BackupJob @given).Name } catch { $null })
        foreach ($name in $names) {
            if (-not $name) { continue }
            $quoted = if ($name -match '^[A-Za-z][\w.-]*$') { $name } else { "'$name'" }
            [System.Management.Automation.CompletionResult]::new($quoted, $name, 'ParameterValue', $name)
        }
    }
    foreach ($command in 'Get-BackupJob', 'Test-BackupJob', 'Invoke-BackupJob', 'Register-BackupJob', 'Unregister-BackupJob') {
        Register-ArgumentCompleter -CommandName $command -ParameterName 'Name' -ScriptBlock $completer
    }
}
