using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Without redirections to files: a script that needs them can use the call operator.</summary>
[Cmdlet(VerbsLifecycle.Start, "Process", SupportsShouldProcess = true)]
public sealed class StartProcessCommand : PSCmdlet
{
    private volatile bool _stopped;

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public string[] ArgumentList { get; set; } = [];

    [Parameter]
    public string? WorkingDirectory { get; set; }

    [Parameter]
    public SwitchParameter NoNewWindow { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!ShouldProcess(FilePath, "Start-Process"))
        {
            return;
        }

        // Joined by blanks and not quoted, as pwsh documents.
        var info = new ProcessStartInfo(FilePath, string.Join(' ', ArgumentList))
        {
            UseShellExecute = false,
            WorkingDirectory = SessionState.Path.GetUnresolvedProviderPathFromPSPath(WorkingDirectory ?? SessionState.Path.CurrentFileSystemLocation.ProviderPath),
        };
        try
        {
            var process = Process.Start(info)!;
            if (PassThru)
            {
                WriteObject(process);
            }

            while (Wait && !_stopped && !process.WaitForExit(100))
            {
            }
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            ThrowTerminatingError(new(
                new InvalidOperationException($"This command cannot be run due to the error: {error.Message}", error), "InvalidOperationException", ErrorCategory.InvalidOperation, FilePath));
        }
    }

    protected override void StopProcessing() => _stopped = true;
}
