<#
.SYNOPSIS
Tries MirrorBackup on a real Windows machine and writes what happened to one text file.

.DESCRIPTION
Makes a small tree with everything NTFS knows (streams, ACLs, attributes, junctions, links, long and odd names, sparse,
compressed and encrypted files) in a new folder, backs it up, changes it, backs it up again, compares, removes, and says
of each fact whether it holds. Only that folder is written to, and it is removed at the end. Elevated, it also makes
shadow copies of its volume and of a second one, if there is any, and gives them back.

Run it twice: in an elevated PowerShell and in an ordinary one. It takes some minutes.

.PARAMETER Folder
Where to work: a folder on a local NTFS volume with 1 GB to spare. Default: the user's temporary folder.

.PARAMETER Share
A folder on a file server, such as \\server\share\folder, to back up to as well. Default: the administrative share of this
machine, which only an elevated session reaches.

.PARAMETER FatFolder
A folder on a FAT32 or exFAT volume, such as a memory stick, which must be refused.

.PARAMETER OutFile
The report. Default: mirrorbackup-windows-check.txt in the current folder.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File scripts\windows\check-windows.ps1

.EXAMPLE
pwsh scripts\windows\check-windows.ps1 -Share \\nas\backup\try -FatFolder E:\try
#>
[CmdletBinding()]
param(
    [string]$Folder = [System.IO.Path]::GetTempPath(),
    [string]$Share,
    [string]$FatFolder,
    [string]$OutFile = 'mirrorbackup-windows-check.txt'
)
$ErrorActionPreference = 'Stop'

. ([System.IO.Path]::Combine($PSScriptRoot, 'report.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'tree.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'facts.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'shadow-copies.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'remote.ps1'))

Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'MirrorBackup', 'MirrorBackup.psd1'))
$report = New-CheckReport
$work = [System.IO.Path]::Combine($Folder, "mirrorbackup-check-$PID")
$null = [System.IO.Directory]::CreateDirectory($work)
try {
    Write-Machine $report $work
    $tree = New-CheckTree $report ([System.IO.Path]::Combine($work, 'source'))
    Test-Generations $report $tree ([System.IO.Path]::Combine($work, 'set'))
    Test-HeldFile $report $work
    Test-Removal $report $work
    Test-Job $report $work
    Test-Remoting $report $work
    Test-Share $report $work $Share
    Test-Fat $report $work $FatFolder
    Test-ShadowCopies $report $work
    Test-Speed $report $work
}
finally {
    Remove-CheckFolder $work
    Save-CheckReport $report $OutFile
}
Get-CheckSummary $report $OutFile
