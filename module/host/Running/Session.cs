using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using MirrorBackup.Host.Cmdlets;

namespace MirrorBackup.Host.Running;

/// <summary>A runspace with the engine's own commands and the ones of this host.</summary>
internal static class Session
{
    public static Runspace Open(ConsoleHost host)
    {
        // CreateDefault would load Microsoft.PowerShell.Commands.*.dll, which NuGet does not offer for hosting.
        var state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        foreach (var type in Assembly.GetExecutingAssembly().GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
            {
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
            }
        }

        foreach (var (alias, command) in StandardAliases.Additional.Where(a => state.Commands[a.Alias].Count == 0))
        {
            state.Commands.Add(new SessionStateAliasEntry(alias, command));
        }

        if (!host.UI.SupportsVirtualTerminal)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        return runspace;
    }
}
