# What must hold of backups of the tree.

# How a file is described by Windows itself, as far as a backup keeps it.
function Get-Description {
    param([string]$Path)
    $info = [System.IO.FileInfo]::new($Path)
    $kept = $info.Attributes -band -bnot [System.IO.FileAttributes]'Archive, NotContentIndexed, Normal'
    $sddl = (Get-Acl -LiteralPath $Path).Sddl
    return "$kept | $($info.CreationTimeUtc.Ticks) | $($info.LastWriteTimeUtc.Ticks) | $sddl"
}

function Get-LinkCount {
    param([string]$Path)
    return @(Invoke-Tool fsutil.exe @('hardlink', 'list', $Path)).Count
}

function Test-Generations {
    param($Report, $Tree, [string]$Set)
    $state = @{}
    Test-Fact $Report 'the first generation is complete' {
        $state.First = New-MirrorBackup -Source $Tree.Root -Destination $Set
        Assert-Equal $state.First.State 'Complete' 'its state'
        "$($state.First.Files) files, $($state.First.OtherItems) others, losses: $($state.First.FidelityLosses -join ', ')"
    }
    if (-not $state.First) { return }
    $copy = [System.IO.Path]::Combine($state.First.Path, 'source')
    foreach ($name in 'plain.txt', 'empty.txt', 'folder\big.bin', 'deny.txt', 'readonly.txt', 'hidden.txt', 'first.txt', 'compressed.txt') {
        Test-Fact $Report "copied with times, attributes and ACL: $name" {
            Assert-Equal (Get-Description "$copy\$name") (Get-Description "$($Tree.Root)\$name") 'its description'
            Assert-Equal (Get-FileHash -LiteralPath "$copy\$name").Hash (Get-FileHash -LiteralPath "$($Tree.Root)\$name").Hash 'its content'
        }
    }
    Test-Special $Report $Tree $copy
    Start-Sleep -Seconds 3
    Test-Fact $Report 'nothing changed: the second generation is links' {
        $state.Second = New-MirrorBackup -Source $Tree.Root -Destination $Set
        Assert-Equal $state.Second.CopiedFiles 0 'copied files'
        Assert-Equal $state.Second.LinkedFiles $state.Second.Files 'linked files'
        Assert-Equal (Get-LinkCount "$($state.Second.Path)\source\plain.txt") 2 'names of plain.txt'
    }
    Test-Fact $Report 'a changed ACL, stream or attribute alone makes a fresh copy and leaves the old one alone' {
        $before = Get-Description "$copy\plain.txt"
        $null = Invoke-Tool icacls.exe @("$($Tree.Root)\plain.txt", '/grant', '*S-1-5-32-546:(R)')
        if ($Tree.Items['alternate stream']) { Set-Content -LiteralPath "$($Tree.Root)\stream.txt" -Stream notes -Value 'changed' }
        [System.IO.File]::SetAttributes("$($Tree.Root)\empty.txt", 'Hidden')
        $third = New-MirrorBackup -Source $Tree.Root -Destination $Set
        Assert-Equal (Get-Description "$copy\plain.txt") $before 'the old plain.txt'
        Assert-Equal (Get-Description "$($third.Path)\source\plain.txt") (Get-Description "$($Tree.Root)\plain.txt") 'the new plain.txt'
        "$($third.MetadataChanged) metadata changed, $($third.Modified) modified"
    }
    Test-Fact $Report 'latest leads to the newest generation' { Get-ChildItem -LiteralPath "$Set\latest\source\plain.txt" | ForEach-Object Name }
    Test-Fact $Report 'a rename in case only is seen' {
        [System.IO.File]::Move("$($Tree.Root)\hidden.txt", "$($Tree.Root)\HIDDEN.txt")
        $items = @(New-MirrorBackup -Source $Tree.Root -Destination $Set -OutputItem)
        Assert-Equal (@($items | Where-Object { $_.Change -eq 'Renamed' -and $_.Path -clike '*HIDDEN.txt' }).Count) 1 'renamed items'
    }
}

function Test-Special {
    param($Report, $Tree, [string]$Copy)
    $checks = [ordered]@{
        'alternate stream'         = { Assert-Equal (Get-Content -LiteralPath "$Copy\stream.txt" -Stream notes) 'in a stream' 'the stream' }
        'audit entry'              = { Assert-Equal (Get-Acl -LiteralPath "$Copy\audit.txt" -Audit).Sddl (Get-Acl -LiteralPath "$($Tree.Root)\audit.txt" -Audit).Sddl 'the descriptor' }
        'junction'                 = { Assert-Equal (Get-Item -LiteralPath "$Copy\junction").Target (Get-Item -LiteralPath "$($Tree.Root)\junction").Target 'its target' }
        'symbolic link'            = { Assert-Equal (Get-Item -LiteralPath "$Copy\symlink.txt").Target (Get-Item -LiteralPath "$($Tree.Root)\symlink.txt").Target 'its target' }
        'hard link'                = { Assert-Equal (Get-LinkCount "$Copy\first.txt") 2 'its names' }
        'long path'                = { Assert-Equal ([System.IO.File]::ReadAllText("\\?\$Copy" + ('\' + 'l' * 100) * 5 + '\deep.txt')) 'deep' 'its content' }
        'trailing dot and space'   = { Assert-Equal ([System.IO.File]::ReadAllText("\\?\$Copy\dot.") + [System.IO.File]::ReadAllText("\\?\$Copy\space ")) 'dotspace' 'their content' }
        'sparse file'              = { Invoke-Tool fsutil.exe @('sparse', 'queryrange', "$Copy\sparse.bin") }
        'compressed file'          = { Assert-Equal ([System.IO.File]::GetAttributes("$Copy\compressed.txt") -band 'Compressed') 'Compressed' 'its attribute' }
        'encrypted file'           = { Assert-Equal ([System.IO.File]::GetAttributes("$Copy\encrypted.txt") -band 'Encrypted') 'Encrypted' 'its attribute' }
        'half of a surrogate pair' = { Assert-Equal ([System.IO.File]::ReadAllText("\\?\$Copy\half-$([char]0xD800)-.txt")) 'half' 'its content' }
    }
    foreach ($name in $checks.Keys) {
        if ($Tree.Items[$name]) { Test-Fact $Report "kept: $name" $checks[$name] } else { Skip-Fact $Report "kept: $name" 'could not be made' }
    }
}

function Test-HeldFile {
    param($Report, [string]$Work)
    $source = [System.IO.Path]::Combine($Work, 'held')
    $null = [System.IO.Directory]::CreateDirectory($source)
    [System.IO.File]::WriteAllText("$source\free.txt", 'free')
    $held = [System.IO.File]::Open("$source\held.txt", 'Create', 'ReadWrite', 'None')
    try {
        Test-Fact $Report 'a file held open by another program is reported, and the run goes on' {
            $generation = New-MirrorBackup -Source $source -Destination "$Work\held-set" -ErrorAction SilentlyContinue -ErrorVariable problem
            Assert-Equal $generation.State 'Partial' 'the state'
            "$($problem[0])"
        }
    }
    finally { $held.Dispose() }
}

function Test-Removal {
    param($Report, [string]$Work)
    Test-Fact $Report 'a policy keeps what is pinned, in the time zone of this computer' {
        $set = "$Work\set"
        $oldest = @(Get-BackupGeneration -SetPath $set)[0]
        $null = $oldest | Lock-BackupGeneration -Reason 'check'
        $planned = @(Remove-BackupGeneration -SetPath $set -KeepDaily 1 -WhatIf)
        $null = $oldest | Unlock-BackupGeneration -Confirm:$false
        Assert-Equal $planned[0].Action 'Keep' 'what becomes of the pinned one'
        Assert-Equal @(Get-BackupGeneration -SetPath $set | Where-Object -FilterScript { $_.Pinned }).Count 0 'pinned afterwards'
        $zone = (Get-Content -LiteralPath "$set\.mirrorbackup\set.json" -Raw | ConvertFrom-Json).timeZone
        "$zone for $([System.TimeZoneInfo]::Local.Id)"
    }
    Test-Fact $Report 'removing a generation leaves READONLY files of the others as they are' {
        $set = "$Work\set"
        $all = @(Get-BackupGeneration -SetPath $set)
        $last = "$($all[-1].Path)\source\readonly.txt"
        $before = Get-Description $last
        $removed = Remove-BackupGeneration -SetPath $set -Name $all[0].Name -Confirm:$false
        Assert-Equal (Get-Description $last) $before 'readonly.txt'
        Assert-Equal ([System.IO.Directory]::Exists($all[0].Path)) 'False' 'the folder of the removed generation is there'
        "$($removed.FreedBytes) bytes freed"
    }
}

function Test-Share {
    param($Report, [string]$Work, [string]$Share)
    $path = if ($Share) { $Share } elseif (Test-Elevated) { "\\$env:COMPUTERNAME\$($Work[0])`$" + $Work.Substring(2) + '\share' }
    if (-not $path) { return Skip-Fact $Report 'backup to a share' 'name one with -Share, or run elevated' }
    Test-Fact $Report "backup to $path" {
        $null = New-MirrorBackup -Source "$Work\source\folder" -Destination "$path\mirrorbackup-check-set"
        $second = New-MirrorBackup -Source "$Work\source\folder" -Destination "$path\mirrorbackup-check-set"
        Assert-Equal $second.CopiedFiles 0 'copied files'
    }
}

function Test-Fat {
    param($Report, [string]$Work, [string]$Folder)
    if (-not $Folder) { return Skip-Fact $Report 'a FAT volume is refused' 'name a folder on one with -FatFolder' }
    Test-Fact $Report 'a FAT volume is refused' {
        try { $null = New-MirrorBackup -Source "$Work\source\folder" -Destination "$Folder\set" }
        catch { return "$($_.FullyQualifiedErrorId): $($_.Exception.Message)" }
        throw 'it was taken'
    }
}

function Test-Speed {
    param($Report, [string]$Work)
    $source = [System.IO.Path]::Combine($Work, 'many')
    foreach ($folder in 1..200) {
        $null = [System.IO.Directory]::CreateDirectory("$source\$folder")
        foreach ($file in 1..100) { [System.IO.File]::WriteAllText("$source\$folder\$file.txt", "$folder-$file") }
    }
    Test-Fact $Report 'speed with 20,000 files' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $times = foreach ($what in 'first', 'unchanged') {
            $clock.Restart()
            $generation = New-MirrorBackup -Source $source -Destination "$Work\many-set"
            '{0} {1:n1} s' -f $what, $clock.Elapsed.TotalSeconds
        }
        $clock.Restart()
        $null = Remove-BackupGeneration -SetPath "$Work\many-set" -Name $generation.Name -Force -Confirm:$false
        $times
        'removal {0:n1} s' -f $clock.Elapsed.TotalSeconds
    }
}
