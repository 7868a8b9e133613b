function Use-ShadowCopy {
    <#
    .SYNOPSIS
    Runs a script block or a program while volumes are frozen.

    .DESCRIPTION
    Use-ShadowCopy makes shadow copies, runs a script block or a program, and
    gives the shadow copies back, whatever becomes of the block: an error,
    exit, Ctrl+C, a closed console. Should PowerShell itself be killed, its
    engine notices that and gives them back; should the engine be killed, the
    next command of the module does, or Repair-BackupSet.

    Use it to copy or dump files that programs keep open, with a program of
    your own. New-MirrorBackup does not need it.

    The block finds the shadow copies in $ShadowCopy, in the order of the
    volumes. Block and program find where they can be read in the environment
    variables SHADOW_DEVICE_1, SHADOW_DEVICE_2 and so on. On Windows these are
    devices without a backslash at the end: a path needs one after it.

    What the block or the program outputs is output. The exit code of a program
    is in $LASTEXITCODE.

    .PARAMETER Volume
    The volumes: C:, a folder where a volume is mounted, or any folder on
    it. On btrfs the subvolume that holds the folder.

    .PARAMETER ScriptBlock
    What to run. It sees the variables of the caller, and $ShadowCopy. That
    is its first parameter, too, if it has any.

    .PARAMETER FilePath
    A program to run instead.

    .PARAMETER ArgumentList
    The arguments of the program. Default: none.

    .PARAMETER Writers
    Lets programs such as databases bring their files into a consistent
    state first (Windows).

    .PARAMETER TimeoutSeconds
    How long the making of the shadow copies may take. Default: 900.

    .INPUTS
    None.

    .OUTPUTS
    System.Object. What the block or the program outputs;
    MirrorBackup.ShadowCopy objects are in $ShadowCopy.

    .NOTES
    Rights are those of New-ShadowCopy. Subvolumes inside a btrfs subvolume are
    not frozen with it; they are empty in the frozen state, and there is a
    warning for each.

    .EXAMPLE
    Use-ShadowCopy -Volume /srv/data -ScriptBlock { Copy-Item "$($ShadowCopy.DevicePath)/db" /backup -Recurse }

    Copies a folder as it is at one moment.

    .EXAMPLE
    Use-ShadowCopy C:, D: -Writers { Get-ChildItem "$($ShadowCopy[1].DevicePath)\" }

    Freezes two volumes at the same moment, databases included, and looks at
    the second.

    .EXAMPLE
    Use-ShadowCopy C: -FilePath cmd.exe -ArgumentList '/c', 'dir %SHADOW_DEVICE_1%\Users'; $LASTEXITCODE

    Runs a program, and shows its exit code.

    .LINK
    New-ShadowCopy

    .LINK
    about_BackupShadowCopies

    .LINK
    about_MirrorBackup
    #>
    [CmdletBinding(DefaultParameterSetName = 'ScriptBlock')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string[]]$Volume,

        [Parameter(Mandatory = $true, Position = 1, ParameterSetName = 'ScriptBlock')]
        [scriptblock]$ScriptBlock,

        [Parameter(Mandatory = $true, ParameterSetName = 'FilePath')]
        [ValidateNotNullOrEmpty()]
        [string]$FilePath,

        [Parameter(ParameterSetName = 'FilePath')]
        [string[]]$ArgumentList = @(),

        [switch]$Writers,

        [ValidateRange(1, 86400)]
        [int]$TimeoutSeconds = 900
    )
    begin {
        . Import-CallerPreference $PSCmdlet
    }
    end {
        $variables = $PSCmdlet.SessionState.PSVariable
        $known = $variables.Get('ShadowCopy')
        $value = if ($known) { $known.Value }
        $before = @{}
        $engine = New-EngineSession
        $engine.Activity = 'Making shadow copies'
        try {
            $request = @{ volumes = @(foreach ($one in $Volume) { Resolve-Volume $PSCmdlet $one }); withWriters = [bool]$Writers; timeoutSeconds = $TimeoutSeconds }
            Invoke-EngineRequest $engine $PSCmdlet 'holdShadowCopies' $request -Until 'shadowCopies'
            $copies = @(ConvertTo-ShadowCopy $engine.Result.shadowCopies)
            $before = Set-ShadowVariable $copies
            $variables.Set('ShadowCopy', $copies)
            if ($PSCmdlet.ParameterSetName -eq 'FilePath') { & $FilePath @ArgumentList }
            else { & $ScriptBlock $copies }
            # An engine that ended meanwhile took the shadow copies with it.
            if ($engine.Process.HasExited) { $PSCmdlet.WriteError((New-EngineStoppedError $engine)) }
        }
        finally {
            Reset-ShadowVariable $before
            if ($known) { $variables.Set('ShadowCopy', $value) } else { $variables.Remove('ShadowCopy') }
            Stop-Engine $engine -GraceMilliseconds 60000
        }
    }
}
