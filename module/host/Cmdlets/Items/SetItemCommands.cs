using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Set, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class SetItemCommand : PathCmdlet
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Paths.Where(p => ShouldProcess($"Item: {p} Value: {Value}", "Set Item")))
        {
            Try(() =>
            {
                var items = InvokeProvider.Item.Set([path], Value, Force, Literal);
                if (PassThru)
                {
                    WriteObject(items, enumerateCollection: true);
                }
            });
        }
    }
}

[Cmdlet(VerbsCommon.Clear, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class ClearItemCommand : PathCmdlet
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Paths.Where(p => ShouldProcess($"Item: {p}", "Clear Item")))
        {
            Try(() => InvokeProvider.Item.Clear([path], Force, Literal));
        }
    }
}
