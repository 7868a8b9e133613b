# Jobs of a file -> checks: whether those with a schedule are registered, and whether what is registered still starts them.
# Where there is no scheduler, or this account may not look, nothing is said.
function Test-JobSchedule {
    param($Cmdlet, $Job)
    if (-not $Job) { return }
    $registered = @(Get-ScheduledJobState)
    $isReachable = $null
    foreach ($one in $Job) {
        $named = @($registered | Where-Object -FilterScript { Test-SamePath $_.Job $one.job })
        $own = @($named | Where-Object -FilterScript { Test-SamePath $_.Path $one.file })
        $again = "Register-BackupJob -Path $(ConvertTo-QuotedText $one.file) -Name $(ConvertTo-QuotedText $one.job)"
        if ($one.scheduled -and $one.enabled -and $null -eq $isReachable) { $isReachable = Test-Scheduler $Cmdlet }
        $findings = @(
            if ($own.Count -gt 0) { foreach ($each in $own) { Test-RegisteredJob $each $one $again -Reachable:$isReachable } }
            elseif ($one.scheduled -and $one.enabled -and $isReachable) { Get-NotRegisteredFinding $named $again }
        )
        foreach ($finding in $findings) {
            $status = if ($finding.hint) { 'Warning' } else { 'Passed' }
            @{ job = $one.job; file = $one.file; setPath = $one.setPath; check = 'Schedule'; status = $status; message = $finding.message; hint = $finding.hint; path = $finding.path }
        }
    }
}

function Get-NotRegisteredFinding {
    param($Namesake, [string]$Again)
    if ($Namesake) {
        return @{
            message = "The job is not registered; under its name is that of another file, '$($Namesake[0].Path)'."
            hint    = "Give one of them another name, or replace what is there: $Again -Force"
            path    = $Namesake[0].Id
        }
    }
    return @{ message = 'The job has a schedule and is not registered: it does not start by itself.'; hint = $Again }
}

# What a schedule that is there would do.
function Test-RegisteredJob {
    param($Registered, $Job, [string]$Again, [switch]$Reachable)
    $id = $Registered.Id
    if (-not $Job.scheduled) {
        return @{ message = "The job has no schedule any more, and is still registered: '$id'."; hint = "Unregister-BackupJob -Name $(ConvertTo-QuotedText $Job.job)"; path = $id }
    }
    $action = Get-ScheduleAction $Registered
    if (-not $action) { return @{ message = "'$id' does not start the job any more: somebody has changed it."; hint = "$Again -Force"; path = $id } }
    # Another account may not see what root starts, and have a module of its own.
    $isOurs = $Registered.Scope -eq 'User' -or (Test-Elevation)
    foreach ($path in $action.Paths) {
        if (-not $isOurs -or [System.IO.File]::Exists($path)) { continue }
        return @{ message = "'$id' starts '$path', which is not there."; hint = $Again; path = $path }
    }
    if ($isOurs -and -not (Test-SamePath $action.Script (Get-ScheduledScript))) {
        return @{ message = "'$id' starts another module than this one: '$($action.Script)'."; hint = "$Again, and then remove the old module."; path = $action.Script }
    }
    if ($Job.enabled -and $Reachable -and -not $Registered.Enabled) {
        return @{ message = "'$id' is registered and does not start, because it is disabled."; hint = $Again; path = $id }
    }
    $next = if ($Registered.NextRun) { "; it starts next on $($Registered.NextRun.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture))" }
    return @{ message = "The job is registered as '$id'$next."; path = $id }
}

# Whether there is a scheduler that this account can ask for all that may be registered in it.
function Test-Scheduler {
    param($Cmdlet)
    # Windows shows tasks of the system to administrators only.
    if ($script:OnWindows) { return Test-Elevation }
    $scope = if (Test-Elevation) { 'Machine' } else { 'User' }
    return $null -eq (Invoke-Systemctl $Cmdlet $scope 'show', '--property=Version')
}

function ConvertTo-QuotedText {
    param([string]$Text)
    return "'$([System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text))'"
}
