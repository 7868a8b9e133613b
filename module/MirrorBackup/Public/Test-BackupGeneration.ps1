function Test-BackupGeneration {
    <#
    .SYNOPSIS
    Tests whether generations still are what was backed up.

    .DESCRIPTION
    Test-BackupGeneration compares generations with their manifests: every item
    must be there with its type, size, write time, owner, group and mode (on
    Windows: read-only, hidden, system and temporary), nothing else may be
    there, and the manifest itself must be whole. With -Content the content of
    the files is compared with the SHA-256 they were backed up with, too. A
    file that several generations share is read once, and if it is damaged it
    is told once, with all of them.

    Use it on a schedule: quick after each backup, with -Content now and then,
    and before you rely on a set.

    What is damaged is output as it is found; at the end one summary is output
    for each set. Nothing in a generation is changed. The damage is noted in
    the set: the next backup does not link to a damaged file, it copies that
    file afresh. Repair-BackupSet -Heal mends older generations. A backup may
    run at the same time: then the damage is noted when it ends.

    Owners and modes are compared where the copy could be given them, and the
    volume keeps them. ACLs and extended attributes are not compared.

    .PARAMETER SetPath
    The folder of the backup set.

    .PARAMETER Name
    Names of generations, such as 2026-11-23T101500Z. Wildcards are
    allowed: * are all of them. Without this parameter the newest finished
    generation is tested. A name or wildcard that matches nothing is an
    error.

    .PARAMETER Content
    Also reads the files and compares their content. Without it damage that
    changes neither size nor write time, such as that of a failing disk, is
    not found. Generations made with
    -Hash None have nothing to compare with.

    .PARAMETER SamplePercent
    Reads only this part of the files, with -Content. Each day it is
    another part: daily tests with 5 have read every file after 20 days.

    .INPUTS
    MirrorBackup.Generation. Objects with the properties SetPath and Name.

    .OUTPUTS
    MirrorBackup.Damage. Kind is Missing, Extra, Altered (type, size or
    write time is another), MetadataChanged (owner, group, mode or
    attributes are others), ContentDamaged, Unreadable or ManifestDamaged.
    Generations and Paths are all those that share the damaged file, among
    the tested ones.

    .OUTPUTS
    MirrorBackup.TestResult. The summary of a set. IsGood is true if
    nothing is damaged.

    .NOTES
    A set that is mounted read-only is tested without owners and modes: what
    its volume keeps cannot be tried.

    What the system still has in its cache is read from there. To test the
    disk, test after it was connected again.

    .EXAMPLE
    Test-BackupGeneration /mnt/backup/laptop

    Tests the newest generation without reading files.

    .EXAMPLE
    Test-BackupGeneration E:\Backup -Name * -Content | Where-Object Kind | Format-Table Kind, Path, Generations

    Reads everything in the set once, and shows what is damaged.

    .EXAMPLE
    Test-BackupGeneration /mnt/backup/laptop -Name * | Where-Object Kind -eq 'MetadataChanged' | Format-List Path, Expected, Actual

    Shows whose owner or mode somebody has changed in the set.

    .EXAMPLE
    Get-BackupGeneration /mnt/backup/laptop -Latest | Test-BackupGeneration -Content -SamplePercent 5

    Reads a twentieth of the newest generation, each day another one.

    .EXAMPLE
    if (-not (Test-BackupGeneration /mnt/backup/laptop -Content | Select-Object -Last 1).IsGood) { New-MirrorBackup ~/Documents /mnt/backup/laptop }

    Makes a new generation if the newest is damaged; damaged files are copied
    afresh.

    .LINK
    Get-BackupGeneration

    .LINK
    New-MirrorBackup

    .LINK
    about_BackupRecovery

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding()]
    [OutputType('MirrorBackup.Damage', 'MirrorBackup.TestResult')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Destination')]
        [ValidateNotNullOrEmpty()]
        [string]$SetPath,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Name,

        [switch]$Content,

        [ValidateRange(1, 100)]
        [int]$SamplePercent
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        if ($PSBoundParameters.ContainsKey('SamplePercent') -and -not $Content) {
            $PSCmdlet.ThrowTerminatingError((New-ModuleError -Id InvalidParameter -Category InvalidArgument `
                        -Message '-SamplePercent says how much content to read, and no content is to be read.' -Hint 'Give -Content, too.'))
        }
        $namesOf = [ordered]@{}
    }
    process {
        $resolved = Resolve-BackupPath $PSCmdlet $SetPath
        if (-not $namesOf.Contains($resolved)) { $namesOf[$resolved] = [System.Collections.Generic.List[string]]::new() }
        foreach ($one in $Name) { $namesOf[$resolved].Add($one) }
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($set in $namesOf.Keys) {
                $request = [ordered]@{ setPath = $set; content = [bool]$Content }
                if ($namesOf[$set].Count) { $request['names'] = $namesOf[$set].ToArray() }
                if ($PSBoundParameters.ContainsKey('SamplePercent')) { $request['samplePercent'] = $SamplePercent }
                $engine.Activity = "Testing $(ConvertTo-DisplayText $set)"
                Invoke-EngineRequest $engine $PSCmdlet 'testGenerations' $request -ContinueOnError:($namesOf.Count -gt 1)
                if ($null -ne $engine.Result) { ConvertTo-TestResult $engine.Result.summary }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
