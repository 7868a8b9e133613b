# What a schedule starts: a PowerShell that is still there when the schedule is due, and its first arguments. That is the one
# that runs this module, if it is one that services can start.
function Get-SchedulerShell {
    $arguments = @('-NoLogo', '-NoProfile', '-NonInteractive')
    # A machine that runs no scripts would never run the job, and nobody would be there to see it. Only this process is
    # meant, and a policy of the domain still comes first.
    if ($script:OnWindows) { $arguments += '-ExecutionPolicy', 'Bypass' }
    return @{ path = Find-PowerShell -Lasting; arguments = $arguments }
}
