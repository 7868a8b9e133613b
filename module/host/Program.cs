using System.Management.Automation;
using System.Text;
using MirrorBackup.Host.CommandLine;
using MirrorBackup.Host.Running;
using MirrorBackup.Host.Terminal;

namespace MirrorBackup.Host;

internal static class Program
{
    private const int WrongUsage = 64;

    private static int Main(string[] words)
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        if (!Screen.OutputIsTerminal || OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new UTF8Encoding(false);
        }

        Options options;
        try
        {
            options = OptionParser.Parse(words, Screen.InputIsTerminal);
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine(OptionParser.Usage);
            return WrongUsage;
        }

        return options.Kind switch
        {
            RunKind.ShowHelp => Print(OptionParser.Usage),
            RunKind.ShowVersion => Print($"PowerShell {PSVersionInfo.PSVersion} (MirrorBackup host)"),
            _ => Run(options),
        };
    }

    private static int Run(Options options)
    {
        if (options.WorkingDirectory is { } directory)
        {
            Environment.CurrentDirectory = directory;
        }

        using var interruption = new Interruption();
        var host = new ConsoleHost(new(new(interruption), options.NonInteractive));
        using var runspace = Session.Open(host);
        var runner = new Runner(runspace, host, interruption);
        return options.Kind switch
        {
            RunKind.File => runner.RunFile(options.Text, options.Arguments),
            RunKind.Command => runner.RunText(options.Text),
            RunKind.Interactive => new Prompt(runspace, host, runner, interruption).Run(),
            _ => runner.RunText(Console.In.ReadToEnd()),
        };
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return 0;
    }
}
