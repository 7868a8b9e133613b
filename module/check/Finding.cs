using System.Management.Automation.Language;

namespace MirrorBackup.Check;

internal sealed record Finding(string File, int Line, string Message)
{
    public static Finding At(Script script, IScriptExtent extent, string message) => new(script.Name, extent.StartLineNumber, message);

    public override string ToString() => $"{File}:{Line}: {Message}";
}
