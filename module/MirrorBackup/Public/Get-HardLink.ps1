function Get-HardLink {
    <#
    .SYNOPSIS
    Finds all names of files.

    .DESCRIPTION
    Get-HardLink outputs one object for every file, with the number of names
    the file has and the names that were found. On Windows the file system
    tells the names, on NTFS also over the network if the server does.

    Use it to find out which files share their content, and under which names.

    Linux has no list of the names of a file: they are searched for. Without
    -Root the folders of the files are searched, with everything below them,
    which finds only the names that are there; Complete says whether these are
    all. A search stays on the file system of the folder it begins in, follows
    no symbolic links, and ends as soon as all names are known. A file with one
    name is not searched for.

    .PARAMETER Path
    The files, each by one of its names. Wildcards are allowed, and match
    files only.

    .PARAMETER LiteralPath
    The files, by paths in which wildcard characters are part of the name.
    FileInfo objects from Get-Item and Get-ChildItem work through the
    pipeline.

    .PARAMETER Root
    The folders to search for names, with everything below them. There is
    one search for all files of the command, however many they are. The
    folder where the volume is mounted finds all names and takes longest.
    It is not needed where the file system tells the names.

    .INPUTS
    System.String. Paths of files; also objects of Get-Item and
    Get-ChildItem.

    .OUTPUTS
    MirrorBackup.HardLink. A file with Path (as asked), LinkCount, FileId,
    Volume, Names (full paths), Length and Complete. Complete is false
    where fewer names were found than the file has.

    .NOTES
    Files are output in the order in which their names become known. A file
    that cannot be looked at is reported and the others are output.

    .EXAMPLE
    Get-HardLink ./report.pdf

    Tells how many names a file has, and which of them are in or below its
    folder.

    .EXAMPLE
    (Get-HardLink /home/ann/report.pdf -Root /home).Names

    Gets all names a file has below /home.

    .EXAMPLE
    Get-ChildItem /data -Recurse -File | Get-HardLink -Root /data | Where-Object LinkCount -gt 1

    Lists the files with several names in a folder. The folder is searched
    once.

    .EXAMPLE
    Get-HardLink E:\Backup\latest\Documents\*.txt | Format-List

    Shows in which generations of a backup set the text files are the same
    files.

    .LINK
    New-HardLink

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    [OutputType('MirrorBackup.HardLink')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path', ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [SupportsWildcards()]
        [string[]]$Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath', ValueFromPipelineByPropertyName = $true)]
        [Alias('PSPath', 'FullName')]
        [ValidateNotNullOrEmpty()]
        [string[]]$LiteralPath,

        [ValidateNotNullOrEmpty()]
        [string[]]$Root
    )
    begin {
        . Import-CallerPreference $PSCmdlet
        $files = [System.Collections.Generic.List[string]]::new()
        $roots = foreach ($one in $Root) { Resolve-BackupPath $PSCmdlet $one }
    }
    process {
        # PowerShell takes a "\" in the name of a file on Linux for a separator when it resolves PSPath.
        if (Test-FileSystemItem $_) { $files.Add($_.FullName) }
        elseif ($PSCmdlet.ParameterSetName -eq 'Path') {
            foreach ($one in $Path) { foreach ($file in Resolve-FilePath $PSCmdlet $one) { $files.Add($file) } }
        }
        else {
            foreach ($one in $LiteralPath) { $files.Add((Resolve-BackupPath $PSCmdlet $one -Hint 'Give the path of a file.')) }
        }
    }
    end {
        $engine = New-EngineSession
        $engine.Activity = 'Searching for the names of files'
        # A message has a limit of 16 MiB.
        $most = 10000
        try {
            for ($from = 0; $from -lt $files.Count; $from += $most) {
                $request = @{ paths = $files.GetRange($from, [System.Math]::Min($most, $files.Count - $from)).ToArray() }
                if ($roots) { $request['roots'] = @($roots) }
                Invoke-EngineRequest $engine $PSCmdlet 'getHardLinks' $request
            }
        }
        finally {
            Stop-Engine $engine
        }
    }
}
