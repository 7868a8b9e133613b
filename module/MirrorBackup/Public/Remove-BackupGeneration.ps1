function Remove-BackupGeneration {
    <#
    .SYNOPSIS
    Removes generations from a backup set, by name or by a retention policy.

    .DESCRIPTION
    Remove-BackupGeneration deletes generations for good. Other generations
    stay as they are: a file is gone only when no generation holds it any more.

    Use it with a policy after each backup to thin out old generations, and by
    name to get rid of single ones.

    A generation is taken out of the list in one step before its files are
    deleted. If the command is interrupted, the next change of the set finishes
    the work.

    By name: without -Force generations that are pinned, the newest complete
    one and the last one of a set are kept. Each of them is reported as an
    error, and its result has the action Keep; the others are removed.

    By a policy: one or more of -KeepLast, -KeepHourly, -KeepDaily,
    -KeepWeekly, -KeepMonthly, -KeepYearly and -KeepWithin. A generation is
    kept if any of these rules keeps it. Each rule stands for itself:
    -KeepDaily 30 -KeepWeekly 13 keeps the newest generation of each of the 30
    newest days, and that of each of the 13 newest weeks, which may be the same
    ones. Only days, weeks and so on in which there is a generation are
    counted, so a long pause removes nothing. Complete generations count before
    partial ones.

    A policy never removes pinned generations, the newest complete one, and the
    newest one, not even with -Force. It is applied to the whole set at once,
    and every generation is output with the reasons to keep or remove it.

    .PARAMETER SetPath
    The folder of the backup set.

    .PARAMETER Name
    Names of the generations to remove. Wildcards match finished
    generations. A name without wildcards that does not exist is an error,
    and nothing is removed from that set.

    .PARAMETER KeepLast
    Keeps this many generations, the newest ones.

    .PARAMETER KeepHourly
    Keeps the newest generation of each of this many hours.

    .PARAMETER KeepDaily
    Keeps the newest generation of each of this many days.

    .PARAMETER KeepWeekly
    Keeps the newest generation of each of this many weeks. Weeks begin on
    Monday (ISO 8601).

    .PARAMETER KeepMonthly
    Keeps the newest generation of each of this many months.

    .PARAMETER KeepYearly
    Keeps the newest generation of each of this many years.

    .PARAMETER KeepWithin
    Keeps all generations that were made within this time before the newest
    one: (New-TimeSpan -Days 7) or '7.00:00:00'.

    .PARAMETER TimeZone
    The time zone in which days, weeks and so on begin, by its IANA name,
    such as Europe/Berlin. Default: that of the set, which is that of the
    computer that made it.

    .PARAMETER MaximumRemovals
    Removes nothing, and reports an error, if the policy would remove more
    generations than this from a set. A safeguard for scheduled use against
    a wrong clock or a slip of the pen.

    .PARAMETER Force
    By name: also removes generations that are protected: pinned, the
    newest complete one, the last one. With a policy: goes on although the
    times of the generations look wrong. Does not ask, unless -Confirm is
    given.

    .PARAMETER WhatIf
    Removes nothing, and outputs what would be removed, with an estimate of
    the space that would be freed.

    .PARAMETER Confirm
    Asks for every generation; with a policy, once for every set. This is
    the default; -Confirm:$false turns it off.

    .INPUTS
    MirrorBackup.Generation. Objects with the properties SetPath and Name;
    with a policy, objects with a SetPath only.

    .OUTPUTS
    MirrorBackup.RemovalResult. One for every generation that was named;
    with a policy, for every generation of the set. Action is Remove or
    Keep, and Reasons says why.

    .NOTES
    Freed space is what no other generation shares: removing several
    generations at once frees more than the sum of what each would free alone.
    Each result counts what its removal freed after those before it, so the sum
    is right.

    With -WhatIf a policy that would be refused (-MaximumRemovals, a wrong
    clock) is explained all the same, with the error after it.

    .EXAMPLE
    Remove-BackupGeneration /mnt/backup/laptop 2026-11-23T101500Z

    Removes one generation after asking.

    .EXAMPLE
    Remove-BackupGeneration /mnt/backup/laptop -KeepDaily 30 -KeepWeekly 13 -KeepMonthly 21 -WhatIf

    Shows for every generation whether this policy would keep it, why, and what
    the others would free.

    .EXAMPLE
    Remove-BackupGeneration E:\Backup -KeepDaily 30 -KeepMonthly 12 -MaximumRemovals 10 -Confirm:$false | Where-Object Action -eq Remove

    For a scheduled task: applies a policy without asking, but never removes
    more than ten generations, and outputs those.

    .EXAMPLE
    Get-BackupGeneration E:\Backup -Before (Get-Date).AddYears(-1) | Remove-BackupGeneration -WhatIf

    Shows what removing everything older than a year would free.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop -State Partial | Remove-BackupGeneration -Confirm:$false

    Removes all generations with missing items without asking.

    .LINK
    Get-BackupGeneration

    .LINK
    Lock-BackupGeneration

    .LINK
    New-MirrorBackup

    .LINK
    about_BackupRetention

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', DefaultParameterSetName = 'Name')]
    [OutputType('MirrorBackup.RemovalResult')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [Parameter(ParameterSetName = 'Policy')]
        [ValidateRange(1, 1000000)]
        [int]$KeepLast,

        [Parameter(ParameterSetName = 'Policy')]
        [ValidateRange(1, 1000000)]
        [int]$KeepHourly,

        [Parameter(ParameterSetName = 'Policy')]
        [ValidateRange(1, 1000000)]
        [int]$KeepDaily,

        [Parameter(ParameterSetName = 'Policy')]
        [ValidateRange(1, 1000000)]
        [int]$KeepWeekly,

        [Parameter(ParameterSetName = 'Policy')]
        [ValidateRange(1, 1000000)]
        [int]$KeepMonthly,

        [Parameter(ParameterSetName = 'Policy')]
        [ValidateRange(1, 1000000)]
        [int]$KeepYearly,

        [Parameter(ParameterSetName = 'Policy')]
        [timespan]$KeepWithin,

        [Parameter(ParameterSetName = 'Policy')]
        [ValidateNotNullOrEmpty()]
        [string]$TimeZone,

        [Parameter(ParameterSetName = 'Policy')]
        [ValidateRange(0, 1000000)]
        [int]$MaximumRemovals,

        [switch]$Force
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        $byPolicy = $PSCmdlet.ParameterSetName -eq 'Policy'
        if ($byPolicy) { $policy = Get-RetentionPolicy $PSCmdlet $PSBoundParameters }
        $namesOf = [ordered]@{}
    }
    process {
        if ($byPolicy -and $PSCmdlet.MyInvocation.ExpectingInput) { Assert-WholeSet $PSCmdlet $_ }
        $resolved = Resolve-BackupPath $PSCmdlet $SetPath
        if (-not $namesOf.Contains($resolved)) { $namesOf[$resolved] = @() }
        $namesOf[$resolved] += $Name
    }
    end {
        $engine = New-EngineSession
        $continue = $namesOf.Count -gt 1
        try {
            foreach ($set in $namesOf.Keys) {
                $whatIf = $false
                $shown = ConvertTo-DisplayText $set
                if ($byPolicy) {
                    $reason = [System.Management.Automation.ShouldProcessReason]::None
                    $what = "what this policy does not keep from ${shown}: $(Get-RetentionPolicyText $policy)"
                    $go = $PSCmdlet.ShouldProcess("Remove $what", "Remove ${what}?", 'Remove-BackupGeneration', [ref]$reason)
                    if ($reason -eq [System.Management.Automation.ShouldProcessReason]::WhatIf) { $whatIf = $true }
                    if (-not $go -and -not $whatIf) { continue }
                    $method = 'pruneGenerations'
                    $request = [ordered]@{ setPath = $set; policy = $policy; force = [bool]$Force; whatIf = $whatIf }
                    if ($TimeZone) { $request['timeZone'] = $TimeZone }
                    if ($PSBoundParameters.ContainsKey('MaximumRemovals')) { $request['maximumRemovals'] = $MaximumRemovals }
                }
                else {
                    $names = @(Expand-GenerationName $engine $PSCmdlet $set $namesOf[$set] -ContinueOnError:$continue)
                    $chosen = @(
                        foreach ($one in $names) {
                            $reason = [System.Management.Automation.ShouldProcessReason]::None
                            $target = ConvertTo-DisplayText ([System.IO.Path]::Combine($set, $one))
                            $go = $PSCmdlet.ShouldProcess("Remove the generation $target", "Remove the generation ${target}?", 'Remove-BackupGeneration', [ref]$reason)
                            if ($reason -eq [System.Management.Automation.ShouldProcessReason]::WhatIf) { $whatIf = $true }
                            if ($go -or $whatIf) { $one }
                        }
                    )
                    if (-not $chosen) { continue }
                    $method = 'removeGenerations'
                    $request = [ordered]@{ setPath = $set; names = $chosen; force = [bool]$Force; whatIf = $whatIf }
                }
                $engine.Activity = "Removing generations of $shown"
                Remove-Generation $engine $PSCmdlet $method $request -ContinueOnError:$continue
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
