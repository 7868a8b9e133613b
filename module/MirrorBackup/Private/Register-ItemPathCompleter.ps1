# Tab completes paths below a generation, once the set is on the command line: those of the generation that is named, else
# of the newest complete one. They begin with the sources of the set.
function Register-ItemPathCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
        try {
            $setPath = $fakeBoundParameters['SetPath']
            if (-not $setPath) { $setPath = $fakeBoundParameters['Destination'] }
            $generation = $fakeBoundParameters['Generation']
            if ($generation -and $generation -isnot [string]) { $setPath = $generation.SetPath; $generation = $generation.Name }
            if (-not $setPath) { return }
            if (-not $generation) { $generation = (Get-BackupGeneration -SetPath $setPath -State Complete -Latest -ErrorAction Ignore -WarningAction Ignore).Name }
            if (-not $generation) { return }
            $typed = (Get-TypedText ([string]$wordToComplete)).Replace('\', '/')
            $folder = $typed.Substring(0, $typed.LastIndexOf('/') + 1)
            $root = [System.IO.Path]::Combine($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($setPath), $generation)
            foreach ($entry in [System.IO.DirectoryInfo]::new([System.IO.Path]::Combine($root, $folder)).GetFileSystemInfos() | Sort-Object -Property Name) {
                $path = $folder + $entry.Name
                if (-not $path.StartsWith($typed, [System.StringComparison]::CurrentCultureIgnoreCase)) { continue }
                # Names that are not text: .NET has lost what they are.
                if ($path.IndexOf([char]0xFFFD) -ge 0) { continue }
                $text = $path
                if ($parameterName -eq 'Path') {
                    # The two cmdlets have different patterns: those of PowerShell, and those of a shell.
                    $text = if ($commandName -eq 'Find-BackupItem') { [regex]::Replace($path, '[\[{*?]', '[$0]') } else { [System.Management.Automation.WildcardPattern]::Escape($path) }
                }
                $type = if ($entry -is [System.IO.DirectoryInfo]) { 'ProviderContainer' } else { 'ProviderItem' }
                New-Completion -Value $text -Label $entry.Name -Type $type -Tip $path
            }
        }
        catch { return }
    }
    foreach ($command in 'Restore-BackupItem', 'Find-BackupItem') {
        foreach ($parameter in 'Path', 'LiteralPath') { Register-ArgumentCompleter -CommandName $command -ParameterName $parameter -ScriptBlock $completer }
    }
}
