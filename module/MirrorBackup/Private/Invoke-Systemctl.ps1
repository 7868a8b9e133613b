# Runs systemctl for the machine or for the user, and outputs what it says. A failure is an error of the cmdlet.
function Invoke-Systemctl {
    param($Cmdlet, [string]$Scope, [string[]]$ArgumentList)
    $all = @($ArgumentList)
    if ($Scope -eq 'User') { $all = @('--user') + $all }
    $Cmdlet.WriteDebug("systemctl $($all -join ' ')")
    $result = try { Invoke-Program 'systemctl' $all }
    catch [System.ComponentModel.Win32Exception] {
        $Cmdlet.ThrowTerminatingError((New-SchedulerMissingError 'there is no systemctl'))
    }
    if ($result.ExitCode -eq 0) { return $result.Output }
    if ($result.Error -match 'has not been booted with systemd|Failed to connect to bus') {
        $Cmdlet.ThrowTerminatingError((New-SchedulerMissingError $result.Error))
    }
    $Cmdlet.ThrowTerminatingError((New-ModuleError -Id SchedulerFailed -Category InvalidResult `
                -Message "systemctl $($ArgumentList -join ' ') failed (exit code $($result.ExitCode)): $($result.Error)" `
                -Hint 'Put right what it says, and do it again.'))
}

function New-SchedulerMissingError {
    param([string]$Reason)
    return New-ModuleError -Id SchedulerNotAvailable -Category NotInstalled -Message "There is no scheduler: $($Reason.Replace("`n", ' '))." `
        -Hint 'Use -OutputFolder to write the files only, and take them to a machine where systemd runs.'
}
