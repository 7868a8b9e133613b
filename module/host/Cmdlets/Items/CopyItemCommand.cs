using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Copy, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class CopyItemCommand : PathCmdlet
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Destination { get; set; }

    [Parameter]
    public SwitchParameter Container { get; set; } = true;

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var destination = Destination ?? SessionState.Path.CurrentLocation.Path;
        foreach (var path in Paths)
        {
            Try(() =>
            {
                foreach (var item in InvokeProvider.Item.Get([path], true, Literal))
                {
                    var source = item.Properties["PSPath"].Value.ToString()!;
                    var shown = item.BaseObject is FileSystemInfo info ? info.FullName : source;
                    var action = item.Properties["PSIsContainer"]?.Value is true ? "Copy Directory" : "Copy File";
                    if (!ShouldProcess($"Item: {shown} Destination: {SessionState.Path.GetUnresolvedProviderPathFromPSPath(destination)}", action))
                    {
                        continue;
                    }

                    var copies = InvokeProvider.Item.Copy(
                        [source], destination, Recurse, Container ? CopyContainers.CopyTargetContainer : CopyContainers.CopyChildrenOfTargetContainer, Force, true);
                    if (PassThru)
                    {
                        WriteObject(copies, enumerateCollection: true);
                    }
                }
            });
        }
    }
}
