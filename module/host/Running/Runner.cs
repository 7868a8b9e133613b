using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MirrorBackup.Host.CommandLine;

namespace MirrorBackup.Host.Running;

/// <summary>Runs one script or command to its end and says with which exit code the process should end.</summary>
internal sealed class Runner(Runspace runspace, ConsoleHost host, Interruption interruption)
{
    private const int Failed = 1;

    public int RunFile(string path, IReadOnlyList<ScriptArgument> arguments)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            host.UI.WriteErrorLine($"The script '{path}' was not found.");
            return 64;
        }

        EngineInternals.LetExitLeaveScriptFiles(runspace);
        return Run(full.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)
            ? shell => AddArguments(shell.AddCommand(full, useLocalScope: false), arguments)
            : shell => AddArguments(shell.AddScript(File.ReadAllText(full), useLocalScope: false), arguments));
    }

    public int RunText(string text)
    {
        var code = Run(shell => shell.AddScript(text, useLocalScope: false));
        return code != 0 || host.ExitCode is not null || ShowOutputCommand.LastSucceeded ? code : Failed;
    }

    private static void AddArguments(PowerShell shell, IReadOnlyList<ScriptArgument> arguments)
    {
        foreach (var (name, value) in arguments)
        {
            // AddParameter(name) would mean a switch; without a value the binder looks at the next argument.
            shell.Commands.Commands[0].Parameters.Add(value is null ? new CommandParameter(name) : new CommandParameter(name, value));
        }
    }

    private int Run(Action<PowerShell> fill)
    {
        using var shell = PowerShell.Create(runspace);
        fill(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Show-HostOutput");

        var failed = false;
        try
        {
            interruption.During(() => shell.Invoke(), () => shell.BeginStop(null, null));
        }
        catch (PipelineStoppedException)
        {
            failed = true;
        }
        catch (RuntimeException error)
        {
            failed = true;
            ErrorReport.Show(runspace, host, error);
        }
        finally
        {
            host.Terminal.EndProgress();
        }

        return interruption.ExitCode ?? host.ExitCode ?? (failed ? Failed : 0);
    }
}
