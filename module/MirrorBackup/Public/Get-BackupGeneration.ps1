function Get-BackupGeneration {
    <#
    .SYNOPSIS
    Lists the generations of a backup set.

    .DESCRIPTION
    Get-BackupGeneration outputs one object for every generation of a set,
    oldest first. Generations that were interrupted are listed only with -State
    Incomplete.

    Use it to see what there is, how each backup went, and to choose
    generations for the other cmdlets.

    The objects go to the other cmdlets through the pipeline, also after
    Export-Clixml and Import-Clixml, and from another computer
    (Invoke-Command).

    .PARAMETER SetPath
    The folder of the backup set, or several of them. Folders from Get-Item
    and Get-ChildItem work through the pipeline.

    .PARAMETER Name
    Names of generations, such as 2026-11-23T101500Z. Wildcards are
    allowed: 2026-11-* are those of November. A name without wildcards that
    does not exist is an error.

    .PARAMETER Latest
    Outputs only the newest of the generations that match.

    .PARAMETER Before
    Outputs only generations that were made before this point in time: a
    date, CreatedAt of a generation, or an age such as (New-TimeSpan -Days
    30).

    .PARAMETER After
    Outputs only generations that were made after this point in time: a
    date, CreatedAt of a generation, or an age.

    .PARAMETER State
    Outputs only generations in these states. Complete: everything was
    kept. Partial: finished, but some items could not be read. Incomplete:
    interrupted; the next backup continues it. Without this parameter:
    Complete and Partial.

    .INPUTS
    System.String. Paths of sets; also objects with the properties SetPath
    and Name.

    .OUTPUTS
    MirrorBackup.Generation. FidelityLosses says what could not be kept
    when it was made, and why.

    .NOTES
    If several sets are given, a set that cannot be read is reported and the
    others are listed.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop

    Lists all finished generations, oldest first.

    .EXAMPLE
    (Get-BackupGeneration E:\Backup -Latest).Path

    Gets the folder of the newest generation.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop -After (Get-Date).AddDays(-30) | Measure-Object CopiedBytes -Sum

    Adds up what was copied in the last 30 days.

    .EXAMPLE
    Get-ChildItem /mnt/backup -Directory | Get-BackupGeneration -State Partial

    Lists the generations of all sets in a folder in which items are missing or
    stale.

    .LINK
    New-MirrorBackup

    .LINK
    Compare-BackupGeneration

    .LINK
    Remove-BackupGeneration

    .LINK
    about_BackupGenerations

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding()]
    [OutputType('MirrorBackup.Generation')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string[]]$SetPath,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [switch]$Latest,

        [ValidateNotNull()]
        [object]$Before,

        [ValidateNotNull()]
        [object]$After,

        [ValidateSet('Complete', 'Partial', 'Incomplete')]
        [string[]]$State
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $nameOfAll = $Name
        $queries = [System.Collections.Generic.List[object]]::new()
    }
    process {
        # The Name of a folder from Get-ChildItem is not the name of a generation.
        $folder = Test-FileSystemItem $_
        $paths = if ($folder) { , $_.FullName } else { $SetPath }
        $names = if ($folder) { $nameOfAll } else { $Name }
        foreach ($path in $paths) {
            $queries.Add(@{ SetPath = Resolve-BackupPath $PSCmdlet $path; Name = $names })
        }
    }
    end {
        $filter = @{}
        if ($PSBoundParameters.ContainsKey('Before')) { $filter['before'] = ConvertTo-EngineTime (ConvertTo-PointInTime $PSCmdlet $Before 'Before') }
        if ($PSBoundParameters.ContainsKey('After')) { $filter['after'] = ConvertTo-EngineTime (ConvertTo-PointInTime $PSCmdlet $After 'After') }
        if ($PSBoundParameters.ContainsKey('State')) { $filter['state'] = $State }
        $engine = New-EngineSession
        try {
            foreach ($query in $queries) {
                Read-Generation $engine $PSCmdlet $query $filter -Latest:$Latest -ContinueOnError:($queries.Count -gt 1)
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
