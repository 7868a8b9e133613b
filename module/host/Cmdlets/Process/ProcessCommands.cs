using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Processes by name, id or object.</summary>
public abstract class ProcessCmdlet : ProviderCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Name", ValueFromPipelineByPropertyName = true)]
    [Alias("ProcessName")]
    public string[]? Name { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Id", ValueFromPipelineByPropertyName = true)]
    [Alias("PID")]
    public int[] Id { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    public Process[] InputObject { get; set; } = [];

    protected IEnumerable<Process> Selected() => ParameterSetName switch
    {
        "InputObject" => InputObject,
        "Id" => Id.SelectMany(ById),
        _ => (Name ?? ["*"]).SelectMany(ByName),
    };

    private IEnumerable<Process> ById(int id)
    {
        try
        {
            return [Process.GetProcessById(id)];
        }
        catch (ArgumentException)
        {
            return Missing($"Cannot find a process with the process identifier {id}.", "NoProcessFoundForGivenId", id);
        }
    }

    private IEnumerable<Process> ByName(string name)
    {
        var found = Process.GetProcesses().Where(p => Matches(p.ProcessName, [name])).OrderBy(p => p.ProcessName, StringComparer.OrdinalIgnoreCase).ToList();
        return found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(name)
            ? found
            : Missing($"Cannot find a process with the name \"{name}\". Verify the process name and call the cmdlet again.", "NoProcessFoundForGivenName", name);
    }

    private Process[] Missing(string message, string id, object target)
    {
        WriteError(new(new ArgumentException(message), id, ErrorCategory.ObjectNotFound, target));
        return [];
    }
}

[Cmdlet(VerbsCommon.Get, "Process", DefaultParameterSetName = "Name")]
public sealed class GetProcessCommand : ProcessCmdlet
{
    protected override void ProcessRecord() => WriteObject(Selected(), enumerateCollection: true);
}

[Cmdlet(VerbsLifecycle.Stop, "Process", SupportsShouldProcess = true, DefaultParameterSetName = "Id")]
public sealed class StopProcessCommand : ProcessCmdlet
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var process in Selected().Where(p => ShouldProcess($"{p.ProcessName} ({p.Id})", "Stop-Process")))
        {
            Try(() => process.Kill(), process);
            if (PassThru)
            {
                WriteObject(process);
            }
        }
    }
}

[Cmdlet(VerbsLifecycle.Wait, "Process", DefaultParameterSetName = "Name")]
public sealed class WaitProcessCommand : ProcessCmdlet
{
    private volatile bool _stopped;

    [Parameter(Position = 1)]
    [Alias("TimeoutSec")]
    public int Timeout { get; set; } = -1;

    protected override void ProcessRecord()
    {
        var watch = Stopwatch.StartNew();
        foreach (var process in Selected())
        {
            while (!_stopped && !process.WaitForExit(100))
            {
                if (Timeout >= 0 && watch.Elapsed.TotalSeconds > Timeout)
                {
                    WriteError(new(
                        new TimeoutException($"Process \"{process.ProcessName} ({process.Id})\" is not stopped in the specified time-out period."),
                        "ProcessNotTerminated", ErrorCategory.CloseError, process));
                    break;
                }
            }
        }
    }

    protected override void StopProcessing() => _stopped = true;
}
