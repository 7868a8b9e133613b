# Tab completes paths below a generation, once the set is on the command line: those of the generation that is named, else
# of the newest complete one.
function Register-ItemPathCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
        $setPath = $fakeBoundParameters['SetPath']
        if (-not $setPath) { $setPath = $fakeBoundParameters['Destination'] }
        $generation = $fakeBoundParameters['Generation']
        if ($generation -and $generation -isnot [string]) { $setPath = $generation.SetPath; $generation = $generation.Name }
        if (-not $setPath) { return }
        if (-not $generation) {
            $newest = try { Get-BackupGeneration -SetPath $setPath -State Complete -Latest -ErrorAction Ignore -WarningAction Ignore } catch { $null }
            $generation = $newest.Name
        }
        if (-not $generation) { return }
        $typed = ([string]$wordToComplete).Trim('''"').Replace('\', '/').Replace('`', '')
        $folder = $typed.Substring(0, $typed.LastIndexOf('/') + 1)
        $root = [System.IO.Path]::Combine($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($setPath), $generation)
        $entries = try { [System.IO.DirectoryInfo]::new([System.IO.Path]::Combine($root, $folder)).GetFileSystemInfos() } catch { $null }
        foreach ($entry in $entries | Sort-Object -Property Name) {
            $path = $folder + $entry.Name
            if (-not $path.StartsWith($typed, [System.StringComparison]::CurrentCultureIgnoreCase)) { continue }
            # Names that are not text: .NET has lost what they are.
            if ($path.IndexOf([char]0xFFFD) -ge 0) { continue }
            $text = if ($parameterName -eq 'Path') { [System.Management.Automation.WildcardPattern]::Escape($path) } else { $path }
            $quoted = if ($text -match '^[\w./-]+$') { $text } else { "'" + $text.Replace("'", "''") + "'" }
            $type = if ($entry -is [System.IO.DirectoryInfo]) { 'ProviderContainer' } else { 'ProviderItem' }
            [System.Management.Automation.CompletionResult]::new($quoted, $entry.Name, $type, $path)
        }
    }
    foreach ($parameter in 'Path', 'LiteralPath') {
        Register-ArgumentCompleter -CommandName 'Restore-BackupItem' -ParameterName $parameter -ScriptBlock $completer
    }
}
