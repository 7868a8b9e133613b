# Tab completes the folders that a set is for, once the set is on the command line.
function Register-SourceCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
        try {
            $setPath = $fakeBoundParameters['SetPath']
            if (-not $setPath) { $setPath = $fakeBoundParameters['Destination'] }
            if (-not $setPath) { return }
            $typed = Get-TypedText $wordToComplete
            $root = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($setPath)
            $set = ConvertFrom-EngineJson ([System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, '.mirrorbackup', 'set.json')))
            foreach ($source in $set.sources) {
                if (-not $source.path.StartsWith($typed, [System.StringComparison]::CurrentCultureIgnoreCase)) { continue }
                New-Completion -Value $source.path -Type ProviderContainer -Tip "The source $($source.name) of the set"
            }
        }
        catch { return }
    }
    Register-ArgumentCompleter -CommandName 'Compare-BackupGeneration' -ParameterName 'Source' -ScriptBlock $completer
    Register-ArgumentCompleter -CommandName 'New-MirrorBackup' -ParameterName 'Source' -ScriptBlock $completer
    Register-ArgumentCompleter -CommandName 'Import-BackupGeneration' -ParameterName 'SourcePath' -ScriptBlock $completer
}
