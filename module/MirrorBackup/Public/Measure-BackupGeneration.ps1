function Measure-BackupGeneration {
    <#
    .SYNOPSIS
    Tells what generations take on disk, and what removing them would free.

    .DESCRIPTION
    Measure-BackupGeneration outputs one object for every generation, oldest
    first, and then one for all of them together. It reads the manifests of the
    set, not the files.

    Use it when the disk fills up, to see which generations cost most, what a
    removal would free, and which folders grow.

    Files that several generations share take their space once. So what is
    freed by removing a set of generations is more than the sum of what each
    has alone: the last object tells it for the generations that were given
    together.

    .PARAMETER SetPath
    The folder of the backup set.

    .PARAMETER Name
    Names of the generations to measure. Wildcards are allowed. Without it
    all.

    .PARAMETER Top
    How many of the folders that grew most the total lists. Default: 10.

    .PARAMETER MaxLinks
    The limit the forecast of links is made for, as given to
    New-MirrorBackup. Default: what suits the file system.

    .INPUTS
    MirrorBackup.Generation. Objects with the properties SetPath and Name;
    those of one set are measured together.

    .OUTPUTS
    MirrorBackup.Space, MirrorBackup.SpaceTotal. Bytes is what it takes on
    disk, as du tells it; UniqueBytes what no other generation has;
    Introduced what no older one has; FreedIfRemoved what goes with it if
    all that were given are removed, oldest first. The total has
    GrowingFolders and LinkForecast as well.

    .NOTES
    Estimated is true where a manifest does not tell what copies take, because
    it is of an older version, or where one of the set cannot be read.

    .EXAMPLE
    Measure-BackupGeneration /mnt/backup/laptop

    Measures all generations of a set.

    .EXAMPLE
    Get-BackupGeneration E:\Backup -Before (Get-Date).AddYears(-1) | Measure-BackupGeneration | Select-Object -Last 1 -ExpandProperty FreedIfRemoved

    Tells what removing everything older than a year would free.

    .EXAMPLE
    (Measure-BackupGeneration /mnt/backup/laptop -Top 5)[-1].GrowingFolders

    Lists the folders that the backups copied most in.

    .LINK
    Remove-BackupGeneration

    .LINK
    Get-BackupGeneration

    .LINK
    about_BackupGenerations

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding()]
    [OutputType('MirrorBackup.Space', 'MirrorBackup.SpaceTotal')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [ValidateRange(0, 10000)]
        [int]$Top = 10,

        [ValidateRange(1, 65000)]
        [int]$MaxLinks
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $namesOf = [ordered]@{}
    }
    process {
        $resolved = Resolve-BackupPath $PSCmdlet $SetPath
        if (-not $namesOf.Contains($resolved)) { $namesOf[$resolved] = @() }
        if ($Name) { $namesOf[$resolved] += $Name }
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($set in $namesOf.Keys) {
                $continue = $namesOf.Count -gt 1
                $names = @(Select-GenerationName $engine $PSCmdlet $set $namesOf[$set] @{} -ContinueOnError:$continue)
                if (-not $names -and $namesOf[$set]) { continue }
                $engine.Activity = "Measuring $(ConvertTo-DisplayText $set)"
                $request = [ordered]@{ setPath = $set; top = $Top }
                if ($names) { $request['names'] = $names }
                if ($PSBoundParameters.ContainsKey('MaxLinks')) { $request['maxLinks'] = $MaxLinks }
                Invoke-EngineRequest $engine $PSCmdlet 'measureGenerations' $request -ContinueOnError:$continue
                if ($null -eq $engine.Result) { continue }
                ConvertTo-Space $engine.Result.generations
                ConvertTo-SpaceTotal $engine.Result.total
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
