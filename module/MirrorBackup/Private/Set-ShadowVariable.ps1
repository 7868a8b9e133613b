# SHADOW_DEVICE_1, SHADOW_DEVICE_2 ... in the environment of this process and of the programs it starts. Returns what
# they were, for Reset-ShadowVariable.
function Set-ShadowVariable {
    param($ShadowCopy)
    $before = @{}
    $number = 0
    foreach ($copy in $ShadowCopy) {
        $name = "SHADOW_DEVICE_$((++$number))"
        $before[$name] = [System.Environment]::GetEnvironmentVariable($name)
        [System.Environment]::SetEnvironmentVariable($name, $copy.DevicePath)
    }
    return $before
}

function Reset-ShadowVariable {
    param($Before)
    foreach ($name in $Before.Keys) { [System.Environment]::SetEnvironmentVariable($name, $Before[$name]) }
}
