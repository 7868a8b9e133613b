using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class GetItemPropertyCommand : PathCmdlet
{
    [Parameter(Position = 1)]
    [Alias("PSProperty")]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() => WriteObject(InvokeProvider.Property.Get([path], new Collection<string>(Name), Literal), enumerateCollection: true));
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ItemPropertyValue", DefaultParameterSetName = "Path")]
public sealed class GetItemPropertyValueCommand : PathCmdlet
{
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("PSProperty")]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() =>
            {
                foreach (var item in InvokeProvider.Property.Get([path], new Collection<string>(Name), Literal))
                {
                    WriteObject(Name.Select(n => item.Properties[n]?.Value), enumerateCollection: true);
                }
            });
        }
    }
}

[Cmdlet(VerbsCommon.Set, "ItemProperty", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class SetItemPropertyCommand : PathCmdlet
{
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("PSProperty")]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 2)]
    [AllowNull]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var value = new PSObject();
        value.Properties.Add(new PSNoteProperty(Name, Value));
        foreach (var path in Paths.Where(p => ShouldProcess($"Item: {p} Property: {Name}", "Set Property")))
        {
            Try(() => InvokeProvider.Property.Set([path], value, Force, Literal));
        }
    }
}
