# TestDrive: one folder per test file; what a block leaves there goes when the block ends.

function New-TestDrive {
    $root = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'PesterLite-' + [guid]::NewGuid().ToString('n'))
    $null = [System.IO.Directory]::CreateDirectory($root)
    # macOS and Windows may answer with a link or a short name.
    $root = (Get-Item -LiteralPath $root).FullName
    $null = New-PSDrive -Name TestDrive -PSProvider FileSystem -Root $root -Scope Global
    Set-Variable -Name TestDrive -Value $root -Scope Global
    $script:Run.TestDrive = $root
}

function Remove-TestDrive {
    if (-not $script:Run.TestDrive) {
        return
    }

    if ($PWD.Path -like 'TestDrive:*' -or $PWD.ProviderPath -like "$($script:Run.TestDrive)*") {
        Set-Location -LiteralPath $script:Run.Location
    }

    Remove-PSDrive -Name TestDrive -Force -Scope Global -ErrorAction Ignore
    Remove-Variable -Name TestDrive -Scope Global -ErrorAction Ignore
    Remove-Tree -Path $script:Run.TestDrive
    $script:Run.TestDrive = $null
}

function Get-TestDriveContent {
    $content = [System.Collections.Generic.HashSet[string]]::new()
    if ($script:Run.TestDrive) {
        foreach ($entry in [System.IO.Directory]::GetFileSystemEntries($script:Run.TestDrive)) {
            $null = $content.Add($entry)
        }
    }

    , $content
}

function Clear-TestDrive {
    param($Keep)

    if (-not $script:Run.TestDrive) {
        return
    }

    foreach ($entry in [System.IO.Directory]::GetFileSystemEntries($script:Run.TestDrive)) {
        if (-not $Keep.Contains($entry)) {
            Remove-Tree -Path $entry
        }
    }
}

# A link is removed, not what it points to. A test may leave files that cannot be deleted; that is not its failure.
function Remove-Tree {
    param([string]$Path)

    try {
        $attributes = [System.IO.File]::GetAttributes($Path)
        if (-not $attributes.HasFlag([System.IO.FileAttributes]::Directory)) {
            if ($attributes.HasFlag([System.IO.FileAttributes]::ReadOnly) -and -not $attributes.HasFlag([System.IO.FileAttributes]::ReparsePoint)) {
                [System.IO.File]::SetAttributes($Path, [System.IO.FileAttributes]::Normal)
            }

            [System.IO.File]::Delete($Path)
        }
        elseif ($attributes.HasFlag([System.IO.FileAttributes]::ReparsePoint)) {
            [System.IO.Directory]::Delete($Path)
        }
        else {
            foreach ($entry in [System.IO.Directory]::GetFileSystemEntries($Path)) {
                Remove-Tree -Path $entry
            }

            [System.IO.Directory]::Delete($Path)
        }
    }
    catch [System.IO.IOException], [System.UnauthorizedAccessException] {
        Write-Debug "$Path stays: $_"
    }
}
