function New-HardLink {
    <#
    .SYNOPSIS
    Gives an existing file one more name.

    .DESCRIPTION
    New-HardLink makes a hard link: a second name for a file, on the same
    volume. All names of a file are equal. They share content, attributes,
    permissions and times, and the file is gone only when its last name is.

    Use it to have a file at two places without a second copy of it. For
    backups it is not needed: New- MirrorBackup links by itself.

    Folders cannot have hard links, and neither can files on FAT and exFAT. A
    symbolic link as the target is linked itself, not the file it points to.

    .PARAMETER Path
    The new name: a path on the volume of the file. Its folder must exist.
    Wildcard characters are part of the name.

    .PARAMETER Target
    The existing file, by any of its names. A relative path starts at the
    current location, as for Path.

    .PARAMETER Force
    Replaces a file that has the new name. It keeps its name until the new
    link takes it in one step. A folder is never replaced.

    .PARAMETER WhatIf
    Makes nothing, and shows what would be linked.

    .PARAMETER Confirm
    Asks before each link.

    .INPUTS
    System.Management.Automation.PSObject. Objects with the properties Path
    and Target, such as the lines of a CSV file.

    .OUTPUTS
    MirrorBackup.HardLink. The file by its new name. Names holds the two
    names that are known; Complete says whether these are all names of the
    file.

    .NOTES
    If several objects come through the pipeline, a link that cannot be made is
    reported and the others are made.

    .EXAMPLE
    New-HardLink ./report-latest.pdf ./report-2026-11.pdf

    Gives the report a second name.

    .EXAMPLE
    New-HardLink -Path D:\Shared\setup.exe -Target D:\Builds\42\setup.exe -Force

    Makes the second name lead to another build. Whoever reads it meanwhile
    finds either the old or the new one.

    .EXAMPLE
    Import-Csv ./links.csv | New-HardLink -WhatIf

    Shows which links a table with the columns Path and Target would make.

    .EXAMPLE
    (New-HardLink ./b ./a).LinkCount

    Makes a link and tells how many names the file has now.

    .LINK
    Get-HardLink

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Low')]
    [OutputType('MirrorBackup.HardLink')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string]$Path,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('Value')]
        [ValidateNotNullOrEmpty()]
        [string]$Target,

        [switch]$Force
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $requests = [System.Collections.Generic.List[object]]::new()
    }
    process {
        $requests.Add([ordered]@{
                path   = Resolve-BackupPath $PSCmdlet $Path -Hint 'Give the path of a file.'
                target = Resolve-BackupPath $PSCmdlet $Target -Hint 'Give the path of a file.'
                force  = [bool]$Force
            })
    }
    end {
        $engine = New-EngineSession
        try {
            foreach ($request in $requests) {
                $new = ConvertTo-DisplayText $request.path
                $old = ConvertTo-DisplayText $request.target
                if (-not $PSCmdlet.ShouldProcess("Give the file $old the name $new", "Give the file $old the name ${new}?", 'New-HardLink')) { continue }
                Invoke-EngineRequest $engine $PSCmdlet 'newHardLink' $request -ContinueOnError:($requests.Count -gt 1)
                if ($null -ne $engine.Result) { ConvertTo-HardLink $engine.Result.link }
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
