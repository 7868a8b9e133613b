# What the check found: lines of text, and how many of each kind.

function New-CheckReport {
    return @{ Lines = [System.Collections.Generic.List[string]]::new(); Pass = 0; Fail = 0; Skip = 0 }
}

function Add-CheckLine {
    param($Report, [string]$Text)
    $Report.Lines.Add($Text)
    Write-Verbose $Text -Verbose
}

# Runs a check: it passes unless it throws; a text it returns is added to the line.
function Test-Fact {
    param($Report, [string]$Name, [scriptblock]$Check)
    try {
        $detail = (& $Check) -join '; '
        $Report.Pass++
        Add-CheckLine $Report ("PASS  $Name" + $(if ($detail) { ": $detail" }))
    }
    catch {
        $Report.Fail++
        Add-CheckLine $Report "FAIL  ${Name}: $($_.Exception.Message) [$($_.FullyQualifiedErrorId)]"
        if ($_.ScriptStackTrace) { $Report.Lines.Add('      ' + ($_.ScriptStackTrace -replace "`r?`n", ' < ')) }
    }
}

function Skip-Fact {
    param($Report, [string]$Name, [string]$Reason)
    $Report.Skip++
    Add-CheckLine $Report "SKIP  ${Name}: $Reason"
}

function Assert-Equal {
    param($Actual, $Expected, [string]$What)
    if ("$Actual" -cne "$Expected") { throw "$What is '$Actual', expected '$Expected'" }
}

# Output of a program of Windows; throws when it fails.
function Invoke-Tool {
    param([string]$File, [string[]]$Arguments)
    $output = & $File @Arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$File $Arguments ended with $LASTEXITCODE`: $output" }
    return $output
}

function Test-Elevated {
    $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
    return ([System.Security.Principal.WindowsPrincipal]$identity).IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
}

function Write-Machine {
    param($Report, [string]$Work)
    $module = Get-Module MirrorBackup
    $drive = [System.IO.DriveInfo]::new([System.IO.Path]::GetPathRoot([System.IO.Path]::GetFullPath($Work)))
    Add-CheckLine $Report "MirrorBackup $($module.Version) on $([System.Environment]::OSVersion.VersionString), PowerShell $($PSVersionTable.PSVersion) $($PSVersionTable.PSEdition)"
    Add-CheckLine $Report "$([System.DateTimeOffset]::UtcNow.ToString('u')); elevated: $(Test-Elevated); volume $($drive.Name) is $($drive.DriveFormat), $([long]($drive.AvailableFreeSpace / 1GB)) GB free"
    Add-CheckLine $Report "Node.js: $((Get-Command node -ErrorAction SilentlyContinue).Source) $($env:MIRRORBACKUP_NODE)"
}

function Save-CheckReport {
    param($Report, [string]$Path)
    $Report.Lines.Add("$($Report.Pass) passed, $($Report.Fail) failed, $($Report.Skip) skipped")
    [System.IO.File]::WriteAllLines([System.IO.Path]::Combine((Get-Location).ProviderPath, $Path), $Report.Lines)
}

function Get-CheckSummary {
    param($Report, [string]$Path)
    return [pscustomobject]@{ Passed = $Report.Pass; Failed = $Report.Fail; Skipped = $Report.Skip; Report = $Path }
}

function Remove-CheckFolder {
    param([string]$Path)
    & cmd.exe /d /c "attrib -r -s -h `"$Path\*`" /s /d >nul 2>&1 & rd /s /q `"\\?\$Path`""
}
