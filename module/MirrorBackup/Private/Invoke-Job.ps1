# Runs one job in an engine that is there, outputs its result, and says what went wrong: an error where it failed, a
# warning where it is partial. The result comes first: with -ErrorAction Stop the error ends the pipeline.
function Invoke-Job {
    param($Engine, $Cmdlet, $Job, $Bound, [switch]$WhatIf)
    $Engine.Activity = "Running the job $($Job.name)"
    $problems = [System.Collections.Generic.List[object]]::new()
    $secrets = if ($WhatIf) { @{} } else { Get-JobSecret $Cmdlet @(Get-SecretReference $Job.settings) $problems }
    $request = [ordered]@{
        path           = $Job.file
        name           = $Job.name
        shell          = Get-HookShell
        secrets        = $secrets
        secretProblems = $problems
        whatIf         = [bool]$WhatIf
    }
    foreach ($switch in $script:RunAllowance) {
        if ($Bound.ContainsKey($switch)) { $request[(ConvertTo-FieldName $switch)] = [bool]$Bound[$switch] }
    }
    Invoke-EngineRequest $Engine $Cmdlet 'runJob' $request -ContinueOnError
    $result = $Engine.Result
    if ($null -eq $result) { return }
    ConvertTo-JobResult $result
    $problem = @($result.problems)[0]
    if ($null -eq $problem) { return }
    $more = @($result.problems).Count - 1
    $rest = if ($more -gt 0) { " And $more more problems." } else { '' }
    $message = "The job '$($result.job)' $(Get-JobStateText $result.state): $($problem.message)$rest"
    if ($result.state -in 'Partial', 'Planned') { return $Cmdlet.WriteWarning((ConvertTo-DisplayText $message)) }
    $Cmdlet.WriteError((New-EngineErrorRecord -Message $message -Data @{
                id = $problem.id; category = $problem.category; path = $problem.path; hint = $problem.hint; retryable = $false
            }))
}

# What whoever starts a run may say is meant.
$script:RunAllowance = 'AllowSetChange', 'AllowSourceChange', 'AllowEmptySource'

function Get-JobStateText {
    param([string]$State)
    switch ($State) {
        'Partial' { return 'is partial' }
        'Cancelled' { return 'was cancelled' }
        'Planned' { return 'would not succeed' }
        default { return 'failed' }
    }
}

# Whether a job is to run, or only to tell what it would do.
function Get-RunDecision {
    param($Cmdlet, [string]$Action)
    $reason = [System.Management.Automation.ShouldProcessReason]::None
    $go = $Cmdlet.ShouldProcess($Action, "$Action`?", 'Invoke-BackupJob', [ref]$reason)
    return @{ Go = $go; WhatIf = $reason -eq [System.Management.Automation.ShouldProcessReason]::WhatIf }
}

# The jobs that a query stands for; what is wrong with others is written as errors. A job that is not enabled is there only
# for its exact name.
function Read-Job {
    param($Engine, $Cmdlet, $Query)
    Invoke-EngineRequest $Engine $Cmdlet 'readJobs' (Get-JobRequest $Query) -ContinueOnError
    if ($null -eq $Engine.Result) { return }
    Write-JobProblem $Cmdlet $Engine.Result.problems
    foreach ($job in $Engine.Result.jobs) {
        if ($job.settings.enabled -or $Query.Names -contains $job.name) { $job }
        else { $Cmdlet.WriteVerbose("The job $($job.name) is not enabled.") }
    }
}
