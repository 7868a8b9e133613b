# Tab completes shadow copies by their ids, newest first, and volumes that may be frozen.
function Register-ShadowCopyCompleter {
    $ids = {
        param($commandName, $parameterName, $wordToComplete)
        try {
            $typed = Get-TypedText $wordToComplete
            $copies = @(Get-ShadowCopy -ErrorAction Ignore -WarningAction Ignore)
            [array]::Reverse($copies)
            foreach ($copy in $copies) {
                if (-not $copy.Id.StartsWith($typed, [System.StringComparison]::OrdinalIgnoreCase)) { continue }
                if ($commandName -eq 'Dismount-ShadowCopy' -and -not $copy.Mounts) { continue }
                $when = if ($null -ne $copy.CreatedAt) { $copy.CreatedAt.LocalDateTime.ToString('yyyy-MM-dd HH:mm') }
                New-Completion -Value $copy.Id -Label "$($copy.Id) $when $($copy.Volume)" -Tip "$($copy.Volume), made $when by $($copy.Owner)"
            }
        }
        catch { return }
    }
    $mounts = {
        param($commandName, $parameterName, $wordToComplete)
        try {
            $typed = Get-TypedText $wordToComplete
            $isLetter = $parameterName -eq 'DriveLetter'
            foreach ($mount in (Get-ShadowCopy -ErrorAction Ignore -WarningAction Ignore).Mounts) {
                if (($mount -match '^[A-Za-z]:$') -ne $isLetter) { continue }
                if ($mount.StartsWith($typed, [System.StringComparison]::OrdinalIgnoreCase)) { New-Completion -Value $mount }
            }
        }
        catch { return }
    }
    $frozen = {
        param($commandName, $parameterName, $wordToComplete)
        try {
            $typed = Get-TypedText $wordToComplete
            foreach ($volume in (Get-ShadowCopy -ErrorAction Ignore -WarningAction Ignore).Volume | Sort-Object -Unique) {
                if ($volume.StartsWith($typed, [System.StringComparison]::OrdinalIgnoreCase)) { New-Completion -Value ([System.Management.Automation.WildcardPattern]::Escape($volume)) -Label $volume }
            }
        }
        catch { return }
    }
    $volumes = {
        param($commandName, $parameterName, $wordToComplete)
        try {
            $typed = Get-TypedText $wordToComplete
            foreach ($volume in Get-FreezableVolume) {
                if ($volume.StartsWith($typed, [System.StringComparison]::OrdinalIgnoreCase)) { New-Completion -Value $volume }
            }
        }
        catch { return }
    }
    foreach ($command in 'Get-ShadowCopy', 'Remove-ShadowCopy', 'Mount-ShadowCopy', 'Dismount-ShadowCopy') {
        Register-ArgumentCompleter -CommandName $command -ParameterName 'Id' -ScriptBlock $ids
    }
    foreach ($parameter in 'Path', 'DriveLetter') { Register-ArgumentCompleter -CommandName 'Dismount-ShadowCopy' -ParameterName $parameter -ScriptBlock $mounts }
    Register-ArgumentCompleter -CommandName 'Get-ShadowCopy' -ParameterName 'Volume' -ScriptBlock $frozen
    foreach ($command in 'New-ShadowCopy', 'Use-ShadowCopy') { Register-ArgumentCompleter -CommandName $command -ParameterName 'Volume' -ScriptBlock $volumes }
}

# The drives of Windows; on Linux where btrfs is mounted, from the list of the kernel: asking a mount itself may hang.
function Get-FreezableVolume {
    if ($script:OnWindows) {
        foreach ($drive in [System.IO.DriveInfo]::GetDrives()) {
            if ($drive.DriveType -in 'Fixed', 'Removable') { $drive.Name.TrimEnd('\') }
        }
        return
    }
    $points = foreach ($line in [System.IO.File]::ReadAllLines('/proc/self/mounts')) {
        $fields = $line.Split(' ')
        # https://man7.org/linux/man-pages/man5/fstab.5.html: a space is \040
        if ($fields[2] -eq 'btrfs') { [regex]::Replace($fields[1], '\\([0-7]{3})', { param($match) [string][char][System.Convert]::ToInt32($match.Groups[1].Value, 8) }) }
    }
    return $points | Sort-Object -Unique
}
