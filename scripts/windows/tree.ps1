# A tree with everything NTFS knows. What this machine or session cannot make is skipped and said.

function New-CheckTree {
    param($Report, [string]$Root)
    $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($Root, 'folder', 'empty'))
    $tree = @{ Root = $Root; Long = "\\?\$Root"; Items = @{} }
    Add-TreeFiles $tree
    $names = 'alternate stream', 'deny entry', 'audit entry', 'attributes', 'junction', 'symbolic link', 'hard link', 'long path',
    'trailing dot and space', 'sparse file', 'compressed file', 'encrypted file', 'half of a surrogate pair'
    foreach ($name in $names) {
        try {
            & "Add-$((Get-Culture).TextInfo.ToTitleCase($name) -replace ' ')" $tree
            $tree.Items[$name] = $true
        }
        catch { Skip-Fact $Report "making: $name" $_.Exception.Message }
    }
    return $tree
}

function Add-TreeFiles {
    param($Tree)
    [System.IO.File]::WriteAllText("$($Tree.Root)\plain.txt", 'plain')
    [System.IO.File]::WriteAllText("$($Tree.Root)\empty.txt", '')
    [System.IO.File]::WriteAllBytes("$($Tree.Root)\folder\big.bin", [byte[]]::new(8MB))
    foreach ($name in 'stream', 'deny', 'audit', 'readonly', 'hidden', 'first', 'compressed', 'encrypted') {
        [System.IO.File]::WriteAllText("$($Tree.Root)\$name.txt", $name * 5000)
    }
    [System.IO.File]::SetCreationTimeUtc("$($Tree.Root)\plain.txt", [datetime]::new(2001, 2, 3, 4, 5, 6, 'Utc').AddTicks(1234567))
}

function Add-AlternateStream { param($Tree) Set-Content -LiteralPath "$($Tree.Root)\stream.txt" -Stream notes -Value 'in a stream' }
function Add-DenyEntry { param($Tree) $null = Invoke-Tool icacls.exe @("$($Tree.Root)\deny.txt", '/deny', '*S-1-5-32-546:(W)') }

function Add-AuditEntry {
    param($Tree)
    $acl = Get-Acl -LiteralPath "$($Tree.Root)\audit.txt" -Audit
    $everyone = [System.Security.Principal.SecurityIdentifier]::new('S-1-1-0')
    $acl.AddAuditRule([System.Security.AccessControl.FileSystemAuditRule]::new($everyone, 'Delete', 'Success'))
    Set-Acl -LiteralPath "$($Tree.Root)\audit.txt" -AclObject $acl
}

function Add-Attributes {
    param($Tree)
    [System.IO.File]::SetAttributes("$($Tree.Root)\readonly.txt", 'ReadOnly, Archive')
    [System.IO.File]::SetAttributes("$($Tree.Root)\hidden.txt", 'Hidden, System')
}

function Add-Junction { param($Tree) $null = Invoke-Tool cmd.exe @('/d', '/c', 'mklink', '/J', "$($Tree.Root)\junction", "$($Tree.Root)\folder") }
function Add-SymbolicLink { param($Tree) $null = Invoke-Tool cmd.exe @('/d', '/c', 'mklink', "$($Tree.Root)\symlink.txt", 'nowhere\dangling.txt') }
function Add-HardLink { param($Tree) $null = Invoke-Tool cmd.exe @('/d', '/c', 'mklink', '/H', "$($Tree.Root)\second.txt", "$($Tree.Root)\first.txt") }

function Add-LongPath {
    param($Tree)
    $path = $Tree.Long + ('\' + 'l' * 100) * 5
    $null = [System.IO.Directory]::CreateDirectory($path)
    [System.IO.File]::WriteAllText("$path\deep.txt", 'deep')
}

function Add-TrailingDotAndSpace {
    param($Tree)
    [System.IO.File]::WriteAllText("$($Tree.Long)\dot.", 'dot')
    [System.IO.File]::WriteAllText("$($Tree.Long)\space ", 'space')
}

function Add-HalfOfASurrogatePair { param($Tree) [System.IO.File]::WriteAllText("$($Tree.Long)\half-$([char]0xD800)-.txt", 'half') }

function Add-SparseFile {
    param($Tree)
    [System.IO.File]::WriteAllText("$($Tree.Root)\sparse.bin", 'begin')
    $null = Invoke-Tool fsutil.exe @('sparse', 'setflag', "$($Tree.Root)\sparse.bin")
    $stream = [System.IO.File]::OpenWrite("$($Tree.Root)\sparse.bin")
    try { $stream.SetLength(5GB) } finally { $stream.Dispose() }
}

function Add-CompressedFile { param($Tree) $null = Invoke-Tool compact.exe @('/c', "$($Tree.Root)\compressed.txt") }
function Add-EncryptedFile { param($Tree) [System.IO.File]::Encrypt("$($Tree.Root)\encrypted.txt") }
