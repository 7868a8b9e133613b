# Runs jobs on other computers: one script block, which PowerShell sends to all of them at the same time. Job files travel
# with it, so that it needs no second hop to read them. A computer that cannot be reached is an error of Invoke-Command's own,
# which names it; the others go on.
function Invoke-FleetJob {
    param($Cmdlet, [string[]]$Path, [string[]]$Name, $Bound, [switch]$WhatIf)
    $files = @(Read-FleetFile $Cmdlet $Path)
    if (-not $files) { return }
    $allowed = @(foreach ($switch in $script:RunAllowance) { if ($Bound.ContainsKey($switch) -and $Bound[$switch]) { $switch } })
    $given = @{ ScriptBlock = $script:FleetScript; ArgumentList = @($files, @($Name), [bool]$WhatIf, $script:FleetFolder, $allowed) }
    foreach ($parameter in 'ComputerName', 'Session', 'Credential', 'ThrottleLimit', 'Authentication', 'ConfigurationName', 'SessionOption', 'UseSSL') {
        if ($Bound.ContainsKey($parameter)) { $given[$parameter] = $Bound[$parameter] }
    }
    Invoke-Command @given | ForEach-Object -Process {
        if ($null -eq $_.PSObject.Properties['LacksMirrorBackup']) { return $_ }
        $Cmdlet.WriteError((New-ModuleError -Id ModuleMissing -Category NotInstalled -Target $_.LacksMirrorBackup `
                    -Message "The module MirrorBackup is not installed on $($_.LacksMirrorBackup), or has no Invoke-BackupJob." `
                    -Hint 'Install it there for all users: Install-Module MirrorBackup -Scope AllUsers.'))
    }
}

# Job files as they travel: a name and bytes each. A folder stands for the job files in it.
function Read-FleetFile {
    param($Cmdlet, [string[]]$Path)
    $names = @{}
    foreach ($one in $Path) {
        $file = if ([System.IO.Directory]::Exists($one)) {
            [System.IO.Directory]::GetFiles($one) | Where-Object -FilterScript { $_ -match '\.ya?ml$' } | Sort-Object
        }
        else { $one }
        foreach ($each in $file) {
            $name = [System.IO.Path]::GetFileName($each)
            if ($names.ContainsKey($name) -and $names[$name] -eq $each) { continue }
            if ($names.ContainsKey($name)) {
                $Cmdlet.WriteError((New-ModuleError -Id JobInvalid -Category InvalidData -Target $each `
                            -Message "Two job files have the name '$name': '$($names[$name])' and '$each'." `
                            -Hint 'Give one of them another name, or run them one after the other.'))
                continue
            }
            $names[$name] = $each
            if (-not [System.IO.File]::Exists($each)) {
                $Cmdlet.WriteError((New-ModuleError -Id JobFileNotFound -Category ObjectNotFound -Target $each `
                            -Message "There is no job file '$each'." -Hint 'Check the path; New-BackupJob makes a job file.'))
                continue
            }
            try { @{ Name = $name; Bytes = [System.IO.File]::ReadAllBytes($each) } }
            catch [System.UnauthorizedAccessException], [System.IO.IOException] {
                $Cmdlet.WriteError((New-ModuleError -Id JobFileNotReadable -Category PermissionDenied -Target $each `
                            -Message "The job file '$each' cannot be read: $($_.Exception.Message)" -Hint 'Give the account read access to the job file.'))
            }
        }
    }
}

# Below the folder for data of the account that runs it. The files stay there: what a computer remembers of a job, such as
# the set that it met first, goes by the path of its file.
$script:FleetFolder = 'MirrorBackup', 'fleet'

# Runs on the other computer, in a session that knows nothing of this one.
$script:FleetScript = {
    param($Files, $Names, $WhatIf, $Folder, $Allowed)
    if (-not (Get-Command -Name Invoke-BackupJob -ErrorAction Ignore)) {
        return [pscustomobject]@{ LacksMirrorBackup = [System.Environment]::MachineName }
    }
    $data = [System.Environment]::GetFolderPath('LocalApplicationData', 'Create')
    # Not the folder for temporary files: others may write there, too.
    if (-not $data) { throw [System.IO.DirectoryNotFoundException]::new('The account has no folder for its data, where the job files could be put.') }
    $target = [System.IO.Path]::Combine([string[]](@($data) + @($Folder)))
    $null = [System.IO.Directory]::CreateDirectory($target)
    $paths = foreach ($file in $Files) {
        $path = [System.IO.Path]::Combine($target, $file.Name)
        [System.IO.File]::WriteAllBytes($path, [byte[]]$file.Bytes)
        $path
    }
    $given = @{ Path = @($paths); WhatIf = [bool]$WhatIf }
    if ($Names) { $given['Name'] = @($Names) }
    foreach ($switch in $Allowed) { $given[$switch] = $true }
    Invoke-BackupJob @given
}
