using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MirrorBackup.Host.Running;

/// <summary>Views of this host's own output types; those of files, groups and members are in the engine.</summary>
internal static class ExtraViews
{
    public static IEnumerable<SessionStateFormatEntry> All() =>
    [
        // One line each: file:line:text, or the text alone.
        new(new ExtendedTypeDefinition("Microsoft.PowerShell.Commands.MatchInfo",
        [
            new FormatViewDefinition("MatchInfo", CustomControl.Create().StartEntry().AddScriptBlockExpressionBinding("$_.ToString()").EndEntry().EndControl()),
        ])),
    ];
}
