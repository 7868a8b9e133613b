function Find-BackupItem {
    <#
    .SYNOPSIS
    Finds the versions of files and folders in all generations of a backup set.

    .DESCRIPTION
    Find-BackupItem outputs one object for every content a matching path ever
    had, with the generations that have it. It reads the manifests of the set,
    not the files.

    Use it when you know the name of a file, and not when it was still as you
    want it.

    Two generations have the same version of a file if its content is the same
    by its hash, even if its times differ. Where no hashes were taken, size and
    write time decide. A folder has one version.

    The objects go to Restore-BackupItem through the pipeline.

    .PARAMETER SetPath
    The folder of the backup set.

    .PARAMETER Path
    Which items: paths relative to a generation, beginning with the name of
    the source, with / between the names. * and ? stand for characters of a
    name, [a-z] for one of several, {a,b} for alternatives, ** for any
    number of folders. A pattern without / is one for names in any folder.
    [[] stands for a [. Case matters on Linux, and does not on Windows.

    .PARAMETER LiteralPath
    Paths relative to a generation in which every character is part of the
    name.

    .PARAMETER Name
    Names of the generations to look into. Wildcards are allowed. Without
    it all.

    .PARAMETER Before
    Looks only into generations that were made before this point in time.

    .PARAMETER After
    Looks only into generations that were made after this point in time.

    .INPUTS
    MirrorBackup.Generation. Objects with the properties SetPath and Name.

    .OUTPUTS
    MirrorBackup.ItemVersion. Path is relative to the generation, FullName
    is the newest copy on disk, Generation the generation it is in.

    .NOTES
    Objects are output while the search goes on. In the table, In is the number
    of generations that have the version, and Newest the newest of them.

    .EXAMPLE
    Find-BackupItem /mnt/backup/laptop report.docx

    Finds all versions of files with this name, in any folder.

    .EXAMPLE
    Find-BackupItem E:\Backup 'Documents/taxes/**/*.pdf' | Sort-Object LastSeen | Format-Table Path, LastWriteTime, Generation

    Lists the PDF files below a folder, with the newest generation each version
    is in.

    .EXAMPLE
    Find-BackupItem /mnt/backup/laptop -LiteralPath 'Documents/notes [old].txt' | Where-Object LastSeen -LT (Get-Date).AddDays(-7)

    Finds the versions of one file that no generation of the last week has.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop -After (Get-Date).AddDays(-30) | Find-BackupItem -Path '**/*.odt'

    Looks only into the generations of the last 30 days.

    .LINK
    Get-BackupGeneration

    .LINK
    Compare-BackupGeneration

    .LINK
    about_BackupGenerations

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    [OutputType('MirrorBackup.ItemVersion')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Mandatory = $true, Position = 1, ParameterSetName = 'Path')]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [ValidateNotNullOrEmpty()]
        [string[]]$LiteralPath,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [ValidateNotNull()]
        [object]$Before,

        [ValidateNotNull()]
        [object]$After
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
        $filter = @{}
        if ($PSBoundParameters.ContainsKey('Before')) { $filter['before'] = ConvertTo-EngineTime (ConvertTo-PointInTime $PSCmdlet $Before 'Before') }
        if ($PSBoundParameters.ContainsKey('After')) { $filter['after'] = ConvertTo-EngineTime (ConvertTo-PointInTime $PSCmdlet $After 'After') }
        $engine = New-EngineSession
        try {
            foreach ($set in $namesOf.Keys) {
                $continue = $namesOf.Count -gt 1
                $names = @(Select-GenerationName $engine $PSCmdlet $set $namesOf[$set] $filter -ContinueOnError:$continue)
                if (-not $names -and ($namesOf[$set] -or $filter.Count)) { continue }
                $engine.Activity = "Searching $(ConvertTo-DisplayText $set)"
                $request = [ordered]@{ setPath = $set }
                if ($Path) { $request['paths'] = @($Path) }
                if ($LiteralPath) { $request['literalPaths'] = @($LiteralPath) }
                if ($names) { $request['names'] = $names }
                Invoke-EngineRequest $engine $PSCmdlet 'findItems' $request -ContinueOnError:$continue
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
