# What must hold of shadow copies. Elevated, all of it; else only that they are refused.

# Ids of the shadow copies of the machine, as Windows itself lists them.
function Get-ShadowId {
    return @(Get-CimInstance -ClassName Win32_ShadowCopy | ForEach-Object -MemberName ID | Sort-Object) -join ' '
}

function Get-FailedWriter {
    $lines = @(Invoke-Tool vssadmin.exe @('list', 'writers'))
    return @($lines | Where-Object { $_ -match '^\s+\S+: \[\d+\] ' -and $_ -notmatch ': \[[15]\] ' }).Count
}

function Test-ShadowCopies {
    param($Report, [string]$Work)
    $source = [System.IO.Path]::Combine($Work, 'frozen')
    $null = [System.IO.Directory]::CreateDirectory($source)
    [System.IO.File]::WriteAllText("$source\file.txt", 'then')
    if (-not (Test-Elevated)) {
        Test-Fact $Report 'not elevated, a shadow copy is refused with a reason' {
            try { $null = New-MirrorBackup -Source $source -Destination "$Work\frozen-set" -Snapshot Vss }
            catch { return "$($_.FullyQualifiedErrorId): $($_.Exception.Message)" }
            throw 'it was made'
        }
        return
    }
    $before = Get-ShadowId
    Test-FrozenBackup $Report $Work $source
    Test-ShadowCmdlets $Report $Work $source
    Test-UseShadowCopy $Report $source
    Test-StateFolder $Report
    Test-Fact $Report 'the shadow copies of the machine are those of before' { Assert-Equal (Get-ShadowId) $before 'their ids' }
}

function Test-FrozenBackup {
    param($Report, [string]$Work, [string]$Source)
    $held = [System.IO.File]::Open("$Source\held.txt", 'Create', 'ReadWrite', 'None')
    try {
        Test-Fact $Report 'a file held open by another program is in a generation from a shadow copy' {
            $generation = New-MirrorBackup -Source $Source -Destination "$Work\frozen-set" -Snapshot Vss -WarningVariable said -WarningAction SilentlyContinue
            Assert-Equal $generation.State 'Complete' 'the state'
            Assert-Equal $generation.Snapshot.Kind 'Vss' 'the kind'
            Assert-Equal ([System.IO.File]::Exists("$($generation.Path)\frozen\held.txt")) 'True' 'held.txt is there'
            $said
        }
        Test-Fact $Report 'writers are stable after it' { Assert-Equal (Get-FailedWriter) 0 'writers that failed' }
    }
    finally { $held.Dispose() }
    $others = @([System.IO.DriveInfo]::GetDrives() | Where-Object { $_.DriveType -eq 'Fixed' -and $_.IsReady -and $_.DriveFormat -in 'NTFS', 'ReFS' -and -not $Work.StartsWith($_.Name, 'OrdinalIgnoreCase') })
    if ($others.Count -eq 0) { return Skip-Fact $Report 'two volumes are one set' 'there is one volume' }
    Test-Fact $Report 'two volumes are one set' {
        Use-ShadowCopy $Source, $others[0].Name {
            $ids = @($ShadowCopy | ForEach-Object -MemberName Id)
            $sets = @(Get-CimInstance -ClassName Win32_ShadowCopy | Where-Object { $_.ID -in $ids } | ForEach-Object -MemberName SetID | Select-Object -Unique)
            Assert-Equal $ids.Count 2 'shadow copies'
            Assert-Equal $sets.Count 1 'sets'
        }
    }
}

function Test-ShadowCmdlets {
    param($Report, [string]$Work, [string]$Source)
    $state = @{}
    Test-Fact $Report 'a shadow copy that stays is made, and listed' {
        $state.Copy = New-ShadowCopy $Source
        Assert-Equal (@(Get-ShadowCopy $state.Copy.Id).Count) 1 'listed'
        Assert-Equal ($state.Copy.Volume) ([System.IO.Path]::GetPathRoot([System.IO.Path]::GetFullPath($Source))) 'its volume'
    }
    if (-not $state.Copy) { return }
    $below = [System.IO.Path]::GetFullPath($Source).Substring([System.IO.Path]::GetPathRoot([System.IO.Path]::GetFullPath($Source)).Length)
    [System.IO.File]::WriteAllText("$Source\file.txt", 'now')
    Test-Fact $Report 'it is read through a link' {
        $null = $state.Copy | Mount-ShadowCopy -Path "$Work\frozen-link"
        Assert-Equal ([System.IO.File]::ReadAllText("$Work\frozen-link\$below\file.txt")) 'then' 'the file'
        Assert-Equal ([System.IO.Directory]::GetFileSystemEntries("$Work\frozen-link").Count -gt 0) 'True' 'its root is listed'
        $null = $state.Copy | Dismount-ShadowCopy
        Assert-Equal ([System.IO.Directory]::Exists("$Work\frozen-link")) 'False' 'the link is there'
    }
    $free = @([char[]]'TUVWXYZ' | Where-Object { -not [System.IO.Directory]::Exists("${_}:\") })
    Test-Fact $Report 'it is read through a drive letter' {
        $null = $state.Copy | Mount-ShadowCopy -DriveLetter $free[0]
        Assert-Equal ([System.IO.File]::ReadAllText("$($free[0]):\$below\file.txt")) 'then' 'the file'
    }
    Test-Fact $Report 'a letter that is taken is refused' {
        try { $null = $state.Copy | Mount-ShadowCopy -DriveLetter C } catch { return "$($_.FullyQualifiedErrorId)" }
        throw 'it was taken'
    }
    Test-Fact $Report 'removing it removes the letter' {
        $state.Copy | Remove-ShadowCopy -Confirm:$false
        Assert-Equal (@(Get-ShadowCopy $state.Copy.Id -ErrorAction SilentlyContinue).Count) 0 'listed'
        Assert-Equal ([System.IO.Directory]::Exists("$($free[0]):\")) 'False' 'the letter is there'
    }
}

function Test-UseShadowCopy {
    param($Report, [string]$Source)
    $before = Get-ShadowId
    Test-Fact $Report 'Use-ShadowCopy hands out the exit code of a program' {
        Use-ShadowCopy $Source -FilePath cmd.exe -ArgumentList '/c', 'dir "%SHADOW_DEVICE_1%\" >nul && exit 7'
        Assert-Equal $LASTEXITCODE 7 'the exit code'
    }
    Test-Fact $Report 'Use-ShadowCopy gives back what it made when the block throws' {
        try { Use-ShadowCopy $Source { throw 'out of it' } } catch { $text = "$_" }
        Assert-Equal $text 'out of it' 'the error'
        Assert-Equal (Get-ShadowId) $before 'the ids'
    }
    Test-Fact $Report 'a killed engine leaves no shadow copy' {
        Use-ShadowCopy $Source -ErrorAction SilentlyContinue {
            Stop-Process -Force -Id ([regex]::Match($ShadowCopy.Owner, '\d+').Value)
            Start-Sleep -Seconds 5
        }
        $null = Repair-BackupSet
        Assert-Equal (Get-ShadowId) $before 'the ids'
    }
}

function Test-StateFolder {
    param($Report)
    $folder = [System.IO.Path]::Combine($env:ProgramData, 'MirrorBackup')
    Test-Fact $Report 'only administrators and the system may write to the journal' {
        $acl = Get-Acl -LiteralPath $folder
        if (-not $acl.AreAccessRulesProtected) { throw "it inherits: $($acl.Sddl)" }
        $acl.Sddl
    }
}
