# Tab completes generation names, newest first, once the set is on the command line.
function Register-GenerationCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
        $setPath = $fakeBoundParameters['SetPath']
        if (-not $setPath) { $setPath = $fakeBoundParameters['Destination'] }
        if (-not $setPath) { return }
        try {
            $typed = Get-TypedText $wordToComplete
            $names = @((Get-BackupGeneration -SetPath $setPath -ErrorAction Ignore -WarningAction Ignore).Name)
            [array]::Reverse($names)
            foreach ($name in $names) {
                if ($name -and $name.StartsWith($typed, [System.StringComparison]::OrdinalIgnoreCase)) { New-Completion -Value $name }
            }
        }
        catch { return }
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
