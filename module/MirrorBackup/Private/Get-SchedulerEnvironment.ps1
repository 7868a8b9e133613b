# Environment variables that a run needs and that a service of systemd would not have. Tasks of Windows have those of the
# machine, and no others can be given to them.
function Get-SchedulerEnvironment {
    param($Cmdlet)
    $chosen = [System.Environment]::GetEnvironmentVariable('MIRRORBACKUP_NODE')
    if ($script:OnWindows) {
        if ($chosen -and -not [System.Environment]::GetEnvironmentVariable('MIRRORBACKUP_NODE', 'Machine')) {
            $Cmdlet.WriteWarning('MIRRORBACKUP_NODE is set in this session, and not for the machine: the task will not see it.')
        }
        return @{}
    }
    $environment = @{}
    $state = [System.Environment]::GetEnvironmentVariable('MIRRORBACKUP_STATE')
    if ($state) { $environment['MIRRORBACKUP_STATE'] = $state }
    if ($chosen) { $environment['MIRRORBACKUP_NODE'] = $chosen }
    else {
        $node = Find-Node $Cmdlet
        $folder = [System.IO.Path]::GetDirectoryName($node)
        $isOwn = $node.StartsWith($script:ModuleFolder, [System.StringComparison]::Ordinal)
        if (-not $isOwn -and $folder -cnotin $script:ServicePath) { $environment['MIRRORBACKUP_NODE'] = $node }
    }
    return $environment
}

# PATH of services: see systemd.exec(5).
$script:ServicePath = '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'
