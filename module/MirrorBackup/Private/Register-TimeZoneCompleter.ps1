# Tab completes IANA names of time zones, as far as .NET knows them: on Windows it has names of its own, and translates them
# since .NET 6.
function Register-TimeZoneCompleter {
    $completer = {
        param($commandName, $parameterName, $wordToComplete)
        $typed = ([string]$wordToComplete).Trim('''"')
        $ids = foreach ($zone in [System.TimeZoneInfo]::GetSystemTimeZones()) {
            $iana = $null
            if ($zone.Id -match '^(UTC|\w+/\S+)$') { $zone.Id }
            elseif ([System.TimeZoneInfo].GetMethod('TryConvertWindowsIdToIanaId', [type[]]([string], [string].MakeByRefType())) -and
                [System.TimeZoneInfo]::TryConvertWindowsIdToIanaId($zone.Id, [ref]$iana)) { $iana }
        }
        foreach ($id in $ids | Where-Object -FilterScript { $_ -like "$typed*" } | Sort-Object -Unique) {
            [System.Management.Automation.CompletionResult]::new($id, $id, 'ParameterValue', $id)
        }
    }
    Register-ArgumentCompleter -CommandName 'Remove-BackupGeneration' -ParameterName 'TimeZone' -ScriptBlock $completer
}
