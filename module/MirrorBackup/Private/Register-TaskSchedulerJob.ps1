# Gives a job to the Task Scheduler, in one step: a task that is there is replaced, or stays as it is and the error is output.
function Register-TaskSchedulerJob {
    param($Schedule, [System.Management.Automation.PSCredential]$Credential)
    if (-not (Test-TaskModule)) { return Register-TaskByProgram $Schedule $Credential }
    $given = @{ TaskName = $Schedule.job; TaskPath = '\MirrorBackup\'; Xml = $Schedule.files[0].text; Force = $true; ErrorAction = 'Stop' }
    if ($Credential) {
        $given['User'] = $Credential.UserName
        $given['Password'] = $Credential.GetNetworkCredential().Password
    }
    try { $null = Register-ScheduledTask @given }
    catch { return New-TaskError $Schedule.id 'registered' $_.Exception.Message }
}

# schtasks.exe reads a file, and takes passwords only where everybody can see them.
function Register-TaskByProgram {
    param($Schedule, $Credential)
    if ($Credential) {
        return New-ModuleError -Id ScheduleNotPossible -Category InvalidArgument -Target $Schedule.job `
            -Message 'This Windows has no Register-ScheduledTask, and schtasks.exe would show the password to others.' `
            -Hint 'Register the job without -Credential, and give the task its password in the Task Scheduler.'
    }
    $file = [System.IO.Path]::GetTempFileName()
    try {
        [System.IO.File]::WriteAllText($file, $Schedule.files[0].text, [System.Text.Encoding]::Unicode)
        $result = Invoke-Program 'schtasks.exe' '/Create', '/TN', $Schedule.id, '/XML', $file, '/F'
        if ($result.ExitCode -ne 0) { return New-TaskError $Schedule.id 'registered' "$($result.Error) $($result.Output)".Trim() }
    }
    finally { [System.IO.File]::Delete($file) }
}

function New-TaskError {
    param([string]$Id, [string]$What, [string]$Reason)
    return New-ModuleError -Id SchedulerFailed -Category InvalidResult -Target $Id -Message "The task '$Id' could not be ${What}: $Reason" `
        -Hint 'Put right what the Task Scheduler says, and do it again. An account needs the right "Log on as a batch job".'
}
