# What a registered job starts: the script, and all files that have to be there for it. $null if it does not start the script
# of this module, or that cannot be read.
function Get-ScheduleAction {
    param($Job)
    $action = if ($Job.Kind -eq 'TaskScheduler') { Read-TaskAction $Job } else { Read-UnitAction $Job }
    if (-not $action.Script) { return $null }
    $engine = [System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($action.Script), 'engine', 'main.mjs')
    return @{ Script = $action.Script; Paths = @($action.Program, $action.Script, $engine, $action.Node | Where-Object -FilterScript { $_ }) }
}

# What a schedule of this module starts.
function Get-ScheduledScript {
    return [System.IO.Path]::Combine($script:ModuleFolder, 'Invoke-ScheduledJob.ps1')
}

function Read-TaskAction {
    param($Job)
    $task = Get-MirrorBackupTask | Where-Object -FilterScript { $_.TaskName -eq $Job.Job }
    $action = @($task.Actions)[0]
    if ([string]$action.Arguments -notmatch '(?:^|\s)-File (?:"([^"]+)"|(\S+)) -Path ') { return @{} }
    return @{ Program = $action.Execute; Script = "$($Matches[1])$($Matches[2])" }
}

# https://www.freedesktop.org/software/systemd/man/systemd.service.html#Command%20lines
function Read-UnitAction {
    param($Job)
    $service = [System.IO.Path]::Combine((Get-UnitFolder $Job.Scope), [System.IO.Path]::ChangeExtension($Job.Id, '.service'))
    try { $text = [System.IO.File]::ReadAllText($service) }
    catch [System.IO.IOException], [System.UnauthorizedAccessException] { return @{} }
    if ($text -notmatch '(?m)^ExecStart=(.+)$') { return @{} }
    $words = @(Split-UnitWord $Matches[1])
    $at = [array]::IndexOf($words, '-File') + 1
    $variables = @([regex]::Matches($text, '(?m)^Environment=(.+)$') | ForEach-Object -Process { Split-UnitWord $_.Groups[1].Value })
    $nodes = @($variables -match '^MIRRORBACKUP_NODE=' -replace '^MIRRORBACKUP_NODE=')
    return @{ Program = $words[0]; Script = if ($at -gt 0) { $words[$at].Replace('$$', '$') }; Node = $nodes[-1] }
}

function Split-UnitWord {
    param([string]$Line)
    foreach ($word in [regex]::Matches($Line, '"((?:[^"\\]|\\.)*)"|(\S+)')) {
        "$($word.Groups[1].Value)$($word.Groups[2].Value)" -replace '\\(.)', '$1' -replace '%%', '%'
    }
}
