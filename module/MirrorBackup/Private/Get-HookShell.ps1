# What runs hooks that are scripts, and its first arguments.
function Get-HookShell {
    return @{ path = Find-PowerShell; arguments = @('-NoLogo', '-NoProfile', '-NonInteractive', '-File') }
}
