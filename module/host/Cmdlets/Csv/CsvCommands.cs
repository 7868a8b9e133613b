using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

public abstract class CsvOutputCommand : ProviderCmdlet
{
    private CsvWriter? _writer;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    [ValidateSet("AsNeeded", "Always", "Never")]
    public string UseQuotes { get; set; } = "Always";

    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    internal bool HeaderWritten { get; set; }

    protected abstract void WriteLine(string line);

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (_writer is null)
        {
            _writer = new(InputObject, Delimiter, UseQuotes);
            if (!NoHeader && !HeaderWritten)
            {
                WriteLine(_writer.Header);
            }
        }

        WriteLine(_writer.Line(InputObject));
    }
}

[Cmdlet(VerbsData.ConvertTo, "Csv")]
public sealed class ConvertToCsvCommand : CsvOutputCommand
{
    protected override void WriteLine(string line) => WriteObject(line);
}

[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class ExportCsvCommand : CsvOutputCommand
{
    private StreamWriter? _file;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = TextEncoding.Default;

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    protected override void BeginProcessing()
    {
        var path = OutputFile.Resolve(this, Literal ? LiteralPath : Path);
        if (ShouldProcess(path, "Export-Csv"))
        {
            HeaderWritten = Append && new FileInfo(path) is { Exists: true, Length: > 0 };
            _file = OutputFile.Open(this, path, Append, NoClobber, Force, Encoding);
        }
    }

    protected override void WriteLine(string line) => _file?.WriteLine(line);

    protected override void EndProcessing() => _file?.Dispose();

    protected override void StopProcessing() => _file?.Dispose();
}

[Cmdlet(VerbsData.ConvertFrom, "Csv")]
public sealed class ConvertFromCsvCommand : PSCmdlet
{
    private readonly StringBuilder _text = new();

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyCollection, AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[]? Header { get; set; }

    protected override void ProcessRecord() => Array.ForEach(InputObject, line => _text.AppendLine(line));

    protected override void EndProcessing() => WriteObject(CsvReader.Read(new StringReader(_text.ToString()), Delimiter, Header), enumerateCollection: true);
}

[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = "Path")]
public sealed class ImportCsvCommand : PathCmdlet
{
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[]? Header { get; set; }

    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = TextEncoding.Default;

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() =>
            {
                foreach (var file in FilePaths(path, Literal))
                {
                    using var reader = new StreamReader(file, Encoding);
                    WriteObject(CsvReader.Read(reader, Delimiter, Header), enumerateCollection: true);
                }
            }, path);
        }
    }
}
