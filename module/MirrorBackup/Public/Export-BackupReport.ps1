function Export-BackupReport {
    <#
    .SYNOPSIS
    Writes a report on a backup set: a page for people, JSON for programs, or metrics for Prometheus.

    .DESCRIPTION
    Export-BackupReport tells whether all is well with a set: when the last complete backup was made, what failed, what is
    damaged; how the generations grow over time, what each run added, changed and removed, what generations take and what
    only they have, which folders grow, which days have a generation, and when links run out. It reads the manifests of the
    set, not the files, takes no lock and changes nothing in the set.

    Use it after each backup, or every day: a page to look at, or metrics that raise the alarm when backups stop.

    The page is one file that needs no network and no script. The metrics are for the textfile collector of node_exporter.

    The file is written as a whole: who reads it meanwhile finds the old one or the new one. One that exists is replaced.

    .PARAMETER SetPath
    The folder of the backup set.

    .PARAMETER OutFile
    The file to write. Its folder must exist. It cannot lie inside a generation of the set.

    .PARAMETER Format
    Html for a page, Json for the data, which report.schema.json describes, Prometheus for metrics. Without
    it the name of the file tells: .json and .prom are Json and Prometheus, all others Html.

    .PARAMETER MaximumAge
    The report is bad when the newest complete generation is older than this: (New-TimeSpan -Hours 26) or '1.02:00:00'.
    Without it the report asks for a look when the generation is much older than usual.

    .PARAMETER KeepLast
    Tells what a policy with this rule would keep and remove; the rules are those of Remove-BackupGeneration. A report
    removes nothing.

    .PARAMETER KeepHourly
    Tells what a policy with this rule would keep and remove.

    .PARAMETER KeepDaily
    Tells what a policy with this rule would keep and remove.

    .PARAMETER KeepWeekly
    Tells what a policy with this rule would keep and remove.

    .PARAMETER KeepMonthly
    Tells what a policy with this rule would keep and remove.

    .PARAMETER KeepYearly
    Tells what a policy with this rule would keep and remove.

    .PARAMETER KeepWithin
    Tells what a policy with this rule would keep and remove: (New-TimeSpan -Days 7) or '7.00:00:00'.

    .PARAMETER TimeZone
    The time zone in which days begin and times are told, by its IANA name, such as Europe/Berlin. Default: that of the set.

    .PARAMETER Top
    How many of the folders that grew most to list. Default: 10.

    .PARAMETER MaxLinks
    The limit the forecast of links is made for, as given to New-MirrorBackup.

    .PARAMETER NoClobber
    Leaves a file that exists as it is, and reports an error.

    .PARAMETER WhatIf
    Writes nothing, and says what would be written.

    .PARAMETER Confirm
    Asks before the file is written.

    .INPUTS
    MirrorBackup.Generation. Objects with a property SetPath, and with OutFile where each set gets a file of its own. A set
    that comes several times is reported on once.

    .OUTPUTS
    System.IO.FileInfo. The file that was written.

    .NOTES
    docs/report.md describes the page, the data and every metric.

    .EXAMPLE
    Export-BackupReport /mnt/backup/laptop ~/laptop.html

    Writes the page, to be opened in a browser.

    .EXAMPLE
    Export-BackupReport E:\Backup D:\Reports\backup.html -KeepDaily 30 -KeepWeekly 13 -KeepMonthly 21 -MaximumAge 1.02:00:00

    The calendar shows what this policy would keep, and the page says so when there is no complete backup of the last 26 hours.

    .EXAMPLE
    Export-BackupReport /mnt/backup/laptop /var/lib/node_exporter/textfile/laptop.prom -Format Prometheus

    For monitoring: writes metrics where node_exporter picks them up.

    .EXAMPLE
    $report = Export-BackupReport E:\Backup backup.json | Get-Content -Raw | ConvertFrom-Json; $report.health.findings

    Lists what is not as it should be.

    .EXAMPLE
    Import-Csv sets.csv | Export-BackupReport -OutFile { Join-Path D:\Reports "$($_.Computer).html" }

    Writes a page for each set of a list with the columns SetPath and Computer.

    .LINK
    Measure-BackupGeneration

    .LINK
    Get-BackupGeneration

    .LINK
    Remove-BackupGeneration

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true)]
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string]$OutFile,

        [ValidateSet('Html', 'Json', 'Prometheus')]
        [string]$Format,

        [timespan]$MaximumAge,

        [ValidateRange(1, 1000000)]
        [int]$KeepLast,

        [ValidateRange(1, 1000000)]
        [int]$KeepHourly,

        [ValidateRange(1, 1000000)]
        [int]$KeepDaily,

        [ValidateRange(1, 1000000)]
        [int]$KeepWeekly,

        [ValidateRange(1, 1000000)]
        [int]$KeepMonthly,

        [ValidateRange(1, 1000000)]
        [int]$KeepYearly,

        [timespan]$KeepWithin,

        [ValidateNotNullOrEmpty()]
        [string]$TimeZone,

        [ValidateRange(0, 10000)]
        [int]$Top = 10,

        [ValidateRange(1, 65000)]
        [int]$MaxLinks,

        [switch]$NoClobber
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $policy = Get-RetentionPolicy $PSCmdlet $PSBoundParameters
        $common = [ordered]@{ top = $Top; noClobber = [bool]$NoClobber }
        if ($policy.Count) { $common['policy'] = $policy }
        if ($TimeZone) { $common['timeZone'] = $TimeZone }
        if ($PSBoundParameters.ContainsKey('MaxLinks')) { $common['maxLinks'] = $MaxLinks }
        if ($PSBoundParameters.ContainsKey('MaximumAge')) { $common['maximumAge'] = Get-WholeTime $PSCmdlet $MaximumAge 'MaximumAge' }
        $setOf = [ordered]@{}
    }
    process {
        $set = Resolve-BackupPath $PSCmdlet $SetPath
        $file = Resolve-BackupPath $PSCmdlet $OutFile -Hint 'Give the path of a file.'
        if ($setOf.Contains($file) -and $setOf[$file] -cne $set) {
            $PSCmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument -Target $OutFile `
                        -Message "The reports on '$($setOf[$file])' and '$set' cannot both be written to '$file'." `
                        -Hint 'Give each set a file of its own: -OutFile { "$($_.SetPath)/report.html" }'))
        }
        $setOf[$file] = $set
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($file in $setOf.Keys) {
                $set = $setOf[$file]
                $continue = $setOf.Count -gt 1
                $kind = if ($Format) { $Format } else { Get-ReportFormat $file }
                $shown = ConvertTo-DisplayText $set
                if (-not $PSCmdlet.ShouldProcess((ConvertTo-DisplayText $file), "Write a report ($kind) on $shown")) { continue }
                $engine.Activity = "Reporting on $shown"
                $request = [ordered]@{ setPath = $set; outFile = $file; format = $kind }
                foreach ($key in $common.Keys) { $request[$key] = $common[$key] }
                Invoke-EngineRequest $engine $PSCmdlet 'exportReport' $request -ContinueOnError:$continue
                if ($null -eq $engine.Result) { continue }
                [System.IO.FileInfo]::new($engine.Result.path)
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
