using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;

namespace MirrorBackup.Host.Running;

/// <summary>A plain interactive prompt; the terminal edits the line.</summary>
internal sealed class Prompt(Runspace runspace, ConsoleHost host, Runner runner, Interruption interruption)
{
    public int Run()
    {
        while (host.ExitCode is null)
        {
            interruption.Forget();
            var text = ReadStatement();
            if (text is null)
            {
                host.UI.WriteLine();
                return 0;
            }

            if (text.Trim().Length > 0)
            {
                runner.RunText(text);
            }
        }

        return host.ExitCode.Value;
    }

    // Reads on while the parser says that the text is not finished.
    private string? ReadStatement()
    {
        var text = new StringBuilder();
        while (true)
        {
            host.UI.Write(text.Length == 0 ? $"PS {runspace.SessionStateProxy.Path.CurrentLocation}> " : ">> ");
            string? line;
            try
            {
                line = host.Terminal.TryReadLine();
            }
            catch (System.Management.Automation.PipelineStoppedException)
            {
                host.UI.WriteLine();
                return "";
            }

            if (line is null)
            {
                return null;
            }

            text.AppendLine(line);
            Parser.ParseInput(text.ToString(), out _, out var errors);
            if (line.Length == 0 || !errors.Any(e => e.IncompleteInput))
            {
                return text.ToString();
            }
        }
    }
}
