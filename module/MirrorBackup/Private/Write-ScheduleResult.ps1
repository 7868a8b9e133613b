# Outputs what became of one job, or writes its error. Where there is no scheduler, or it is not for this account to change,
# other jobs would fail as well: that ends the cmdlet.
function Write-ScheduleResult {
    param($Cmdlet, $Result)
    foreach ($one in $Result) {
        if ($one -isnot [System.Management.Automation.ErrorRecord]) { $one }
        elseif ($one.FullyQualifiedErrorId -in 'SchedulerNotAvailable', 'ElevationRequired') { $Cmdlet.ThrowTerminatingError($one) }
        else { $Cmdlet.WriteError($one) }
    }
}
