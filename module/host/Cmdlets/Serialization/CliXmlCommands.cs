using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.Export, "Clixml", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class ExportClixmlCommand : ProviderCmdlet
{
    private readonly List<PSObject?> _items = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => _items.Add(InputObject);

    protected override void EndProcessing()
    {
        var path = OutputFile.Resolve(this, Literal ? LiteralPath : Path);
        if (ShouldProcess(path, "Export-Clixml"))
        {
            var text = Serialize();
            using var file = OutputFile.Open(this, path, append: false, noClobber: false, Force, TextEncoding.Default);
            file.Write(text);
        }
    }

    // Several objects in one document: only an internal overload does that.
    private string Serialize()
    {
        var flags = System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic;
        var method = typeof(PSSerializer).GetMethod("Serialize", flags, [typeof(IList<object>), typeof(int), typeof(bool)]);
        return (string)method!.Invoke(null, [_items.ToArray(), Depth, true])!;
    }
}

[Cmdlet(VerbsData.Import, "Clixml", DefaultParameterSetName = "Path")]
public sealed class ImportClixmlCommand : PathCmdlet
{
    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() =>
            {
                foreach (var file in FilePaths(path, Literal))
                {
                    WriteObject(PSSerializer.DeserializeAsList(File.ReadAllText(file)), enumerateCollection: true);
                }
            }, path);
        }
    }
}
