# A result of runJob -> MirrorBackup.JobResult, or MirrorBackup.JobPlan where nothing was done (-WhatIf).
function ConvertTo-JobResult {
    param($InputObject)
    if ($InputObject.state -eq 'Planned') { return ConvertTo-JobPlan $InputObject }
    $startedAt = ConvertFrom-EngineTime $InputObject.startedAt
    $endedAt = ConvertFrom-EngineTime $InputObject.endedAt
    [pscustomobject]@{
        PSTypeName    = 'MirrorBackup.JobResult'
        Job           = $InputObject.job
        State         = $InputObject.state
        ExitCode      = [int]$InputObject.exitCode
        Computer      = $InputObject.computer
        File          = $InputObject.file
        Destination   = $InputObject.destination
        StartedAt     = $startedAt
        EndedAt       = $endedAt
        Duration      = if ($startedAt -and $endedAt) { $endedAt - $startedAt }
        Generation    = if ($null -ne $InputObject.generation) { ConvertTo-Generation $InputObject.generation }
        Removed       = [string[]]@($InputObject.removed)
        FreedBytes    = [long]$InputObject.freedBytes
        Damage        = [long]$InputObject.damage
        Hooks         = @(foreach ($hook in $InputObject.hooks) { ConvertTo-HookResult $hook })
        Reports       = [string[]]@($InputObject.reports)
        Notifications = @(foreach ($one in $InputObject.notifications) { ConvertTo-NotificationResult $one })
        Problems      = @(foreach ($one in $InputObject.problems) { ConvertTo-JobProblem $one })
        LogFile       = $InputObject.logFile
    }
}

function ConvertTo-JobPlan {
    param($InputObject)
    [pscustomobject]@{
        PSTypeName  = 'MirrorBackup.JobPlan'
        Job         = $InputObject.job
        State       = $InputObject.state
        Computer    = $InputObject.computer
        File        = $InputObject.file
        Destination = $InputObject.destination
        Plan        = if ($null -ne $InputObject.plan) { ConvertTo-Generation $InputObject.plan }
        Removals    = @(foreach ($one in $InputObject.removals) { ConvertTo-RemovalResult $one })
        Hooks       = @(foreach ($hook in $InputObject.hooks) {
                [pscustomobject]@{ PSTypeName = 'MirrorBackup.PlannedHook'; Stage = $hook.stage; Command = $hook.command }
            })
        Reports     = [string[]]@($InputObject.reports)
        Problems    = @(foreach ($one in $InputObject.problems) { ConvertTo-JobProblem $one })
    }
}

function ConvertTo-HookResult {
    param($InputObject)
    [pscustomobject]@{
        PSTypeName = 'MirrorBackup.HookResult'
        Stage      = $InputObject.stage
        Command    = $InputObject.command
        ExitCode   = if ($null -ne $InputObject.exitCode) { [int]$InputObject.exitCode }
        Duration   = ConvertFrom-EngineDuration $InputObject.duration
        Message    = $InputObject.message
    }
}

function ConvertTo-NotificationResult {
    param($InputObject)
    [pscustomobject]@{
        PSTypeName = 'MirrorBackup.NotificationResult'
        Channel    = $InputObject.channel
        Target     = $InputObject.target
        Sent       = [bool]$InputObject.sent
        Message    = $InputObject.message
    }
}

function ConvertTo-JobProblem {
    param($InputObject)
    [pscustomobject]@{
        PSTypeName = 'MirrorBackup.JobProblem'
        Id         = $InputObject.id
        Message    = $InputObject.message
        Path       = $InputObject.path
        Hint       = $InputObject.hint
    }
}
