function Compare-BackupGeneration {
    <#
    .SYNOPSIS
    Shows what changed between two generations, or since a generation.

    .DESCRIPTION
    Compare-BackupGeneration outputs one object for every item that was added,
    modified, renamed or removed, or that changed its metadata or its type,
    from the reference to the difference. It reads the manifests of the two
    generations, not their files, and so is fast.

    Use it to see what a backup brought, when a file was deleted, or with
    -Source whether a backup is due.

    With -Source the reference is compared with the live folders instead: what
    the next backup would find.

    .PARAMETER SetPath
    The folder of the backup set. Not needed if -Reference or -Difference
    is an object.

    .PARAMETER Reference
    The generation to compare from: its name, or an object from
    Get-BackupGeneration. Without it the one before the difference; with
    -Source the newest.

    .PARAMETER Difference
    The generation to compare with: its name, or an object from
    Get-BackupGeneration. Without it the newest.

    .PARAMETER Source
    The live folders to compare with, given as they were for
    New-MirrorBackup: paths, or objects with Path and Name.

    .PARAMETER Comparison
    What tells that a file of the source is unchanged. Metadata: size,
    times and other metadata. Content: its content as well; all files of
    the source are read, which finds changes that left the metadata alone.
    Default: Metadata.

    .INPUTS
    MirrorBackup.Generation. Each is compared with the generation before
    it.

    .OUTPUTS
    MirrorBackup.ItemChange.

    .NOTES
    LastWriteTime of the output is a local DateTime, as for files. Counts of
    the changes are shown with -Verbose.

    .EXAMPLE
    Compare-BackupGeneration /mnt/backup/laptop

    Shows what changed between the last two generations.

    .EXAMPLE
    Compare-BackupGeneration /mnt/backup/laptop -Reference 2026-11-01T000000Z -Difference 2026-11-23T101500Z | Group-Object Change -NoElement

    Counts the changes between two generations.

    .EXAMPLE
    Compare-BackupGeneration /mnt/backup/laptop -Source ~/Documents | Where-Object Change -EQ 'Removed'

    Shows which files were deleted since the newest backup.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop -Latest | Compare-BackupGeneration

    Shows what the newest generation brought.

    .LINK
    Get-BackupGeneration

    .LINK
    New-MirrorBackup

    .LINK
    about_BackupGenerations

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(DefaultParameterSetName = 'Generation')]
    [OutputType('MirrorBackup.ItemChange')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Position = 1)]
        [ValidateNotNullOrEmpty()]
        [object]$Reference,

        [Parameter(Position = 2, ValueFromPipelineByPropertyName = $true, ParameterSetName = 'Generation')]
        [Alias('Name')]
        [ValidateNotNullOrEmpty()]
        [object]$Difference,

        [Parameter(Mandatory = $true, ParameterSetName = 'Source')]
        [ValidateNotNullOrEmpty()]
        [object[]]$Source,

        [Parameter(ParameterSetName = 'Source')]
        [ValidateSet('Metadata', 'Content')]
        [string]$Comparison = 'Metadata'
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $comparisons = [System.Collections.Generic.List[object]]::new()
    }
    process {
        $from = Resolve-GenerationReference $PSCmdlet $Reference 'Reference'
        $to = Resolve-GenerationReference $PSCmdlet $Difference 'Difference'
        $one = @{
            SetPath    = Resolve-ComparedSet $PSCmdlet $SetPath $from $to
            Reference  = $from.Name
            Difference = $to.Name
            Sources    = $null
        }
        if ($Source) { $one.Sources = @(Resolve-BackupSource $PSCmdlet $Source) }
        $comparisons.Add($one)
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($one in $comparisons) {
                $continue = $comparisons.Count -gt 1
                $pair = Resolve-ComparedPair $engine $PSCmdlet $one $continue
                if ($null -eq $pair) { continue }
                $engine.Activity = "Comparing generations of $(ConvertTo-DisplayText $one.SetPath)"
                $request = [ordered]@{ setPath = $one.SetPath; reference = $pair.Reference }
                if ($null -ne $one.Sources) {
                    $request['sources'] = $one.Sources
                    $request['comparison'] = $Comparison
                }
                else { $request['difference'] = $pair.Difference }
                Invoke-EngineRequest $engine $PSCmdlet 'compareGenerations' $request -ContinueOnError:$continue
                if ($null -ne $engine.Result) { $PSCmdlet.WriteVerbose((Get-ChangeSummaryText $engine.Result.summary)) }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
