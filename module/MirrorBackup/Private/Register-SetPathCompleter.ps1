# Tab completes folders, backup sets first. A set is told by its folder .mirrorbackup; nothing in it is read.
function Register-SetPathCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete)
        try {
            $typed = Get-TypedText $wordToComplete
            $cut = $typed.LastIndexOfAny([char[]]('/', '\')) + 1
            $folder = $typed.Substring(0, $cut)
            $name = $typed.Substring($cut)
            $where = if ($folder) { $folder } else { '.' }
            $root = [System.IO.DirectoryInfo]::new($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($where))
            $sets = [System.Collections.Generic.List[object]]::new()
            $others = [System.Collections.Generic.List[object]]::new()
            foreach ($entry in $root.EnumerateDirectories()) {
                if (-not $entry.Name.StartsWith($name, [System.StringComparison]::CurrentCultureIgnoreCase)) { continue }
                if ($entry.Name.StartsWith('.') -and -not $name) { continue }
                # Names that are not text: .NET has lost what they are.
                if ($entry.Name.IndexOf([char]0xFFFD) -ge 0) { continue }
                if ([System.IO.Directory]::Exists([System.IO.Path]::Combine($entry.FullName, '.mirrorbackup'))) { $sets.Add($entry.Name) }
                else { $others.Add($entry.Name) }
            }
            foreach ($leaf in $sets | Sort-Object) { New-Completion -Value ($folder + $leaf) -Label $leaf -Type ProviderContainer -Tip "Backup set $folder$leaf" }
            foreach ($leaf in $others | Sort-Object) { New-Completion -Value ($folder + $leaf) -Label $leaf -Type ProviderContainer }
        }
        catch { return }
    }
    $completed = @(
        'Compare-BackupGeneration'
        'Export-BackupReport'
        'Find-BackupItem'
        'Get-BackupGeneration'
        'Import-BackupGeneration'
        'Lock-BackupGeneration'
        'Measure-BackupGeneration'
        'Remove-BackupGeneration'
        'Repair-BackupSet'
        'Restore-BackupItem'
        'Test-BackupGeneration'
        'Test-BackupJob'
        'Unlock-BackupGeneration'
    )
    foreach ($command in $completed) { Register-ArgumentCompleter -CommandName $command -ParameterName 'SetPath' -ScriptBlock $completer }
    Register-ArgumentCompleter -CommandName 'New-MirrorBackup' -ParameterName 'Destination' -ScriptBlock $completer
    Register-ArgumentCompleter -CommandName 'New-BackupJob' -ParameterName 'Destination' -ScriptBlock $completer
    Register-ArgumentCompleter -CommandName 'Repair-BackupSet' -ParameterName 'From' -ScriptBlock $completer
}
