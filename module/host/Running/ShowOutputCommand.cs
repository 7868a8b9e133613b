using System.Management.Automation;

namespace MirrorBackup.Host.Running;

/// <summary>
/// Out-Default that loses nothing: `exit` and a thrown error leave a pipeline without ending its commands, and
/// a table still waiting for its column widths would never be shown.
/// </summary>
[Cmdlet(VerbsCommon.Show, "HostOutput")]
public sealed class ShowOutputCommand : PSCmdlet, IDisposable
{
    private SteppablePipeline? _display;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>$? of the last statement, read before the display commands change it.</summary>
    internal static bool LastSucceeded { get; private set; } = true;

    protected override void BeginProcessing()
    {
        _display = InvokeCommand.NewScriptBlock("Out-Default").GetSteppablePipeline();
        _display.Begin(true);
    }

    protected override void ProcessRecord() => _display!.Process(InputObject);

    protected override void EndProcessing()
    {
        LastSucceeded = EngineInternals.LastCommandSucceeded(System.Management.Automation.Runspaces.Runspace.DefaultRunspace);
        End();
    }

    protected override void StopProcessing() => _display = null;

    public void Dispose()
    {
        try
        {
            End();
        }
        catch (RuntimeException)
        {
            // The pipeline already ended with the error that counts.
        }
    }

    private void End()
    {
        var display = _display;
        _display = null;
        display?.End();
        display?.Dispose();
    }
}
