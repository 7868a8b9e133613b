namespace MirrorBackup.Host.Cmdlets;

/// <summary>
/// The engine brings the aliases of pwsh. On Linux and macOS it leaves out those that hide a native command;
/// the harmless ones among them, which people type at a prompt, are here. cp, mv, rm, ps and kill stay native.
/// </summary>
internal static class StandardAliases
{
    public static readonly (string Alias, string Command)[] Additional =
    [
        ("cat", "Get-Content"),
        ("ls", "Get-ChildItem"),
        ("sleep", "Start-Sleep"),
        ("sort", "Sort-Object"),
    ];
}
