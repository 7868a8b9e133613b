# Tab completes IANA names of time zones. On Windows .NET has names of its own, which it translates since .NET 6; with the
# .NET Framework there is nothing to offer but UTC.
function Register-TimeZoneCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete)
        $typed = Get-TypedText $wordToComplete
        $translate = [System.TimeZoneInfo].GetMethod('TryConvertWindowsIdToIanaId', [type[]]([string], [string].MakeByRefType()))
        $ids = foreach ($zone in [System.TimeZoneInfo]::GetSystemTimeZones()) {
            $arguments = [object[]]($zone.Id, $null)
            if ($zone.Id -match '^(UTC|\w+/\S+)$') { $zone.Id }
            elseif ($translate -and $translate.Invoke($null, $arguments)) { $arguments[1] }
        }
        foreach ($id in $ids | Where-Object -FilterScript { $_ -like "$typed*" } | Sort-Object -Unique) {
            New-Completion -Value $id
        }
    }
    Register-ArgumentCompleter -CommandName 'Remove-BackupGeneration', 'Export-BackupReport' -ParameterName 'TimeZone' -ScriptBlock $completer
}
