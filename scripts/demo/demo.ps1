# The demo's transcript: each command is shown before its output. Started by scripts/demo.mjs in a temporary folder that
# holds a tree of files; whatever goes wrong ends it with exit code 1.
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string]$ChangeFile
)

$ErrorActionPreference = 'Stop'
$width = 100
if ($env:COLUMNS -as [int]) { $width = [Math]::Min([int]$env:COLUMNS, 120) }

function Write-Heading([string]$Text) {
    Write-Host ''
    Write-Host "--- $Text " -ForegroundColor Cyan -NoNewline
    Write-Host ('-' * [Math]::Max(3, $width - $Text.Length - 5)) -ForegroundColor Cyan
    $script:hasOutput = $true
}

# Shows the command as it would be typed, runs it, and shows what it outputs.
function Invoke-Shown([scriptblock]$Command) {
    $prompt = 'PS> '
    if ($script:hasOutput) { Write-Host '' }
    foreach ($line in $Command.ToString().Trim() -split '\r?\n') {
        Write-Host $prompt -ForegroundColor DarkGray -NoNewline
        Write-Host $line.Trim()
        $prompt = '>>      '
    }
    $text = . $Command | Out-String -Width $width
    $text = $text.Trim("`r", "`n")
    $script:hasOutput = [bool]$text
    if ($text) { Write-Host $text }
    # It ran in the scope of this function; what it assigned is for the commands after it.
    foreach ($name in 'first', 'second', 'output', 'removal') {
        $variable = Get-Variable -Name $name -Scope Local -ErrorAction Ignore
        if ($variable) { Set-Variable -Name $name -Value $variable.Value -Scope Script }
    }
}

function Assert-That([bool]$Condition, [string]$Text) {
    if (-not $Condition) { throw "This should be so, and is not: $Text" }
}

function Get-DiskUsage([string[]]$Path) {
    # du counts a file with several names once, like the disk does.
    @(& du -sk @Path | ForEach-Object { 1KB * [long]($_ -split '\s+')[0] })
}

function Format-Size([long]$Bytes) {
    if ($Bytes -ge 1MB) { '{0:N1} MiB' -f ($Bytes / 1MB) } else { '{0:N0} KiB' -f ($Bytes / 1KB) }
}

Import-Module MirrorBackup
$tree = Get-Content -LiteralPath $ChangeFile -Raw | ConvertFrom-Json
$renamed = "$($tree.rename)-renamed"
$edited = $tree.edit[0]
$unchanged = $tree.chmod

Write-Host "MirrorBackup: every generation is a complete tree of plain files; unchanged files are hard links."
Write-Host "The files of this demo: $($tree.count) files copied from $($tree.from) to ./files"

Write-Heading 'The first generation copies everything'
Invoke-Shown { $first = New-MirrorBackup -Source ./files -Destination ./backup; $first }
Assert-That ($first.State -eq 'Complete' -and $first.CopiedFiles -eq $first.Files) 'the first generation is all copies'

Write-Heading 'Some work is done'
foreach ($path in $tree.edit) { Invoke-Shown ([scriptblock]::Create("Add-Content $path 'One more line.'")) }
Invoke-Shown { $null = New-Item -ItemType Directory ./files/new-project }
Invoke-Shown { Set-Content ./files/new-project/readme.md 'Hello'; Set-Content ./files/new-project/notes.txt 'Soon' }
Invoke-Shown ([scriptblock]::Create("Move-Item $($tree.rename) $renamed"))
foreach ($path in $tree.remove) { Invoke-Shown ([scriptblock]::Create("Remove-Item $path")) }
Invoke-Shown ([scriptblock]::Create("chmod 600 $($tree.chmod)"))

Write-Heading 'What would the next generation be? -WhatIf writes nothing'
Invoke-Shown { New-MirrorBackup -Source ./files -Destination ./backup -WhatIf }
Assert-That (@(Get-BackupGeneration ./backup).Count -eq 1) '-WhatIf makes no generation'

Write-Heading 'The second generation copies what changed, and links the rest'
Invoke-Shown { $output = New-MirrorBackup -Source ./files -Destination ./backup -OutputItem }
Invoke-Shown { $output | Select-Object -SkipLast 1 | Select-Object -First 8 }
Invoke-Shown { $second = $output[-1]; $second }
Assert-That ($second.State -eq 'Complete') 'the second generation is complete'
Assert-That ($second.Modified -eq 3 -and $second.Removed -eq 2) 'it has the changes that were made'
Assert-That ($second.LinkedFiles -gt 0.9 * $second.Files) 'nearly all its files are links'

Write-Heading 'All generations'
Invoke-Shown { Get-BackupGeneration ./backup }

Write-Heading 'Each looks like a full copy; what it really takes (measured with du)'
$alone = @(Get-DiskUsage $first.Path) + @(Get-DiskUsage $second.Path)
$together = Get-DiskUsage $first.Path, $second.Path
$table = foreach ($i in 0, 1) {
    [pscustomobject][ordered]@{
        Generation   = ($first, $second)[$i].Name
        'Looks like' = Format-Size $alone[$i]
        Costs        = Format-Size $together[$i]
    }
}
Write-Host ''
Write-Host ($table | Format-Table -AutoSize | Out-String -Width $width).Trim("`r", "`n")
Write-Host "What the second one costs are its $($second.Directories) folders and its $($second.CopiedFiles) new copies."
Assert-That ($together[1] -lt $alone[1] / 2) 'the second generation costs much less than it looks like'

Write-Heading 'An unchanged file is one file with two names; a changed one is not (inode, links, name)'
$linked = @(& find "$($second.Path)/files" -type f -links +1 | Select-Object -First 1)[0].Substring($second.Path.Length + 1)
$pairs = foreach ($path in $linked, $edited) { "$($first.Name)/$path"; "$($second.Name)/$path" }
Push-Location ./backup
Invoke-Shown ([scriptblock]::Create("stat --format='%i %h %n' $(($pairs | ForEach-Object { "'$_'" }) -join " ``$([Environment]::NewLine)")"))
$inodes = @(& stat --format=%i @pairs)
Pop-Location
Assert-That ($inodes[0] -eq $inodes[1]) 'the unchanged file is the same in both generations'
Assert-That ($inodes[2] -ne $inodes[3]) 'the changed file is not'

Write-Heading 'What changed between them? Read from the manifests, not from the files'
Invoke-Shown { Compare-BackupGeneration ./backup | Group-Object Change -NoElement }
Invoke-Shown { Compare-BackupGeneration ./backup | Select-Object -First 5 }

Write-Heading 'A generation is a plain tree: what deleted and edited files were before, any program can read'
Invoke-Shown ([scriptblock]::Create("Get-Item ./backup/$($first.Name)/$($tree.remove[0])"))
Invoke-Shown ([scriptblock]::Create("Get-Content ./backup/$($first.Name)/$edited | Select-Object -Last 1"))
Invoke-Shown ([scriptblock]::Create("Get-Content ./backup/latest/$edited | Select-Object -Last 1"))
Assert-That ((Get-Content "./backup/latest/$edited" | Select-Object -Last 1) -eq 'One more line.') 'latest has the edit'

Write-Heading 'Removing a generation frees what only it holds; the others stay whole'
Invoke-Shown { Remove-BackupGeneration ./backup -Name $first.Name -WhatIf }
Invoke-Shown { $removal = Remove-BackupGeneration ./backup -Name $first.Name -Confirm:$false; $removal }
Invoke-Shown { Get-BackupGeneration ./backup }
Assert-That ($removal.FreedBytes -gt 0) 'removing frees something'
Assert-That (-not (Test-Path $first.Path)) 'the removed generation is gone'
Assert-That (@(& find "$($second.Path)" -type f).Count -eq $second.Files) 'the other generation is whole'

Write-Host ''
Write-Host 'The demo has ended; its temporary folder is removed. Next: README.md, Get-Help New-MirrorBackup -Full.'
