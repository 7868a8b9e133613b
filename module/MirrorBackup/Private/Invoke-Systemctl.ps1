# Runs systemctl for the machine or for the user. Outputs the error if that fails.
function Invoke-Systemctl {
    param($Cmdlet, [string]$Scope, [string[]]$ArgumentList)
    $all = @($ArgumentList)
    if ($Scope -eq 'User') { $all = @('--user') + $all }
    $Cmdlet.WriteDebug("systemctl $($all -join ' ')")
    $result = try { Invoke-Program 'systemctl' $all }
    catch [System.ComponentModel.Win32Exception] { return New-SchedulerMissingError 'there is no systemctl' }
    if ($result.ExitCode -eq 0) { return }
    if ($result.Error -match 'has not been booted with systemd|Failed to connect to (the )?.*bus') { return New-SchedulerMissingError $result.Error }
    return New-ModuleError -Id SchedulerFailed -Category InvalidResult `
        -Message "systemctl $($all -join ' ') failed (exit code $($result.ExitCode)): $($result.Error)" `
        -Hint 'Put right what it says, and do it again.'
}

function New-SchedulerMissingError {
    param([string]$Reason)
    $reason = ($Reason -replace '\s*\n\s*', ' ').TrimEnd('.')
    return New-ModuleError -Id SchedulerNotAvailable -Category NotInstalled -Message "There is no scheduler: $reason." `
        -Hint 'Use -OutputFolder to write the files only, and take them to a machine where systemd runs.'
}
