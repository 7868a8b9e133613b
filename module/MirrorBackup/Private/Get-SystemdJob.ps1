# The jobs that systemd was given, of the machine and of the user: MirrorBackup.ScheduledJob. Where systemd does not run
# nobody knows when they are due, and they are listed all the same.
function Get-SystemdJob {
    param([string]$Name = '*')
    foreach ($scope in 'Machine', 'User') {
        $folder = Get-UnitFolder $scope
        if (-not [System.IO.Directory]::Exists($folder)) { continue }
        $found = @(foreach ($file in [System.IO.Directory]::GetFiles($folder, 'mirrorbackup-*.timer')) {
                $owner = Read-UnitOwner $file
                if ($null -eq $owner -or $owner.Job -notlike $Name) { continue }
                [pscustomobject]@{
                    PSTypeName = 'MirrorBackup.ScheduledJob'
                    Job        = $owner.Job
                    Path       = $owner.File
                    Kind       = 'Systemd'
                    Id         = [System.IO.Path]::GetFileName($file)
                    NextRun    = $null
                    User       = Read-UnitUser ([System.IO.Path]::ChangeExtension($file, '.service')) $scope
                    Enabled    = $false
                    Scope      = $scope
                }
            })
        if ($found) { Add-TimerState $found $scope }
        $found
    }
}

# Tests use other folders.
$script:SystemUnitFolder = '/etc/systemd/system'

function Get-UnitFolder {
    param([string]$Scope)
    if ($Scope -eq 'Machine') { return $script:SystemUnitFolder }
    $configuration = [System.Environment]::GetEnvironmentVariable('XDG_CONFIG_HOME')
    if (-not $configuration) { $configuration = [System.IO.Path]::Combine([string][System.Environment]::GetEnvironmentVariable('HOME'), '.config') }
    return [System.IO.Path]::Combine($configuration, 'systemd', 'user')
}

# Whose unit a file holds: the job and its file if it is one of ours, else $null.
function Read-UnitOwner {
    param([string]$Path)
    try { $text = [System.IO.File]::ReadAllText($Path) }
    catch [System.IO.IOException], [System.UnauthorizedAccessException] { return $null }
    if ($text -notmatch '(?m)^\[X-MirrorBackup\]\r?\nJob=(.+)\r?\nFile=(.+)$') { return $null }
    return @{ Job = $Matches[1]; File = $Matches[2] }
}

function Read-UnitUser {
    param([string]$Service, [string]$Scope)
    if ($Scope -eq 'User') { return [System.Environment]::UserName }
    try { $text = [System.IO.File]::ReadAllText($Service) }
    catch [System.IO.IOException], [System.UnauthorizedAccessException] { return $null }
    if ($text -match '(?m)^User=(.+)$') { return $Matches[1].Replace('%%', '%') }
    return 'root'
}

function Add-TimerState {
    param($Jobs, [string]$Scope)
    $all = @($Jobs | ForEach-Object -Process { $_.Id })
    $options = @('show', '--property=Id,UnitFileState,NextElapseUSecRealtime')
    if ($Scope -eq 'User') { $options = @('--user') + $options }
    try { $said = Invoke-Program 'systemctl' ($options + $all) }
    catch [System.ComponentModel.Win32Exception] { return }
    foreach ($block in $said.Output -split '(?:\r?\n){2,}') {
        $job = if ($block -match '(?m)^Id=(.+?)\r?$') { $id = $Matches[1]; $Jobs | Where-Object -FilterScript { $_.Id -ceq $id } }
        if (-not $job) { continue }
        $job.Enabled = $block -match '(?m)^UnitFileState=enabled'
        # In the zone of this process, whatever its name.
        if ($block -match '(?m)^NextElapseUSecRealtime=\D*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)') {
            $job.NextRun = [datetime]::ParseExact($Matches[1], 'yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture)
        }
    }
}
