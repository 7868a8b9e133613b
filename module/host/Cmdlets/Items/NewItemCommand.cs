using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "pathSet")]
public sealed class NewItemCommand : ProviderCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "pathSet", ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = "nameSet", ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "nameSet", ValueFromPipelineByPropertyName = true)]
    [AllowNull, AllowEmptyString]
    public string? Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string? ItemType { get; set; }

    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path is [] ? ["."] : Path)
        {
            var full = string.IsNullOrEmpty(Name) ? path : SessionState.Path.Combine(path, Name);
            Try(() => Create(path, full), path);
        }
    }

    private void Create(string path, string full)
    {
        var fileSystem = IsFileSystem(full);
        var type = ItemType ?? (fileSystem ? "File" : "");
        var target = fileSystem ? SessionState.Path.GetUnresolvedProviderPathFromPSPath(full) : full;
        if (!ShouldProcess($"Destination: {target}", $"Create {(type.Length == 0 ? "Item" : char.ToUpperInvariant(type[0]) + type[1..])}"))
        {
            return;
        }

        // -Force makes the missing parents of a file, too.
        if (Force && fileSystem && System.IO.Path.GetDirectoryName(target) is { Length: > 0 } parent)
        {
            Directory.CreateDirectory(parent);
        }

        WriteObject(InvokeProvider.Item.New([path], Name, type, Value, Force), enumerateCollection: true);
    }
}
