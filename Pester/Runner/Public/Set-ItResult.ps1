# Ends the running test as skipped.
function Set-ItResult {
    [CmdletBinding()]
    param(
        [switch]$Skipped,
        [switch]$Inconclusive,
        [string]$Because
    )

    $exception = [System.Exception]::new("is skipped, because $Because")
    $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($exception, 'PesterTestSkipped', 'OperationStopped', $Because))
}
