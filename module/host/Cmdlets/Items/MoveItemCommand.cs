using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Move, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class MoveItemCommand : PathCmdlet
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() =>
            {
                foreach (var item in InvokeProvider.Item.Get([path], true, Literal))
                {
                    var source = item.Properties["PSPath"].Value.ToString()!;
                    var shown = item.BaseObject is FileSystemInfo info ? info.FullName : source;
                    var action = item.Properties["PSIsContainer"]?.Value is true ? "Move Directory" : "Move File";
                    if (ShouldProcess($"Item: {shown} Destination: {SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination)}", action))
                    {
                        // The public call has no -Force: make room first, as -Force would.
                        MakeRoom(item);
                        var moved = SessionState.InvokeProvider.Item.Move([source], Destination, Force, true);
                        if (PassThru)
                        {
                            WriteObject(moved, enumerateCollection: true);
                        }
                    }
                }
            });
        }
    }

    private void MakeRoom(PSObject item)
    {
        if (Force && item.BaseObject is FileInfo file)
        {
            var target = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);
            target = Directory.Exists(target) ? System.IO.Path.Combine(target, file.Name) : target;
            if (target != file.FullName)
            {
                File.Delete(target);
            }
        }
    }
}
