using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
public sealed class GetContentCommand : PathCmdlet
{
    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0, long.MaxValue)]
    public long TotalCount { get; set; } = -1;

    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = -1;

    [Parameter]
    public long ReadCount { get; set; } = 1;

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = TextEncoding.Default;

    [Parameter]
    public string? Delimiter { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() =>
            {
                if (IsFileSystem(path))
                {
                    FilePaths(path, Literal).ToList().ForEach(file => Try(() => ReadFile(file), file));
                }
                else
                {
                    ReadOther(path);
                }
            }, path);
        }
    }

    private void ReadFile(string file)
    {
        if (Directory.Exists(file))
        {
            throw new UnauthorizedAccessException($"Access to the path '{file}' is denied.");
        }

        if (!File.Exists(file))
        {
            WriteError(NotFound(file));
        }
        else if (AsByteStream)
        {
            WriteObject(File.ReadAllBytes(file), enumerateCollection: !Raw);
        }
        else if (Raw)
        {
            WriteObject(File.ReadAllText(file, Encoding));
        }
        else
        {
            var lines = Delimiter is null ? File.ReadLines(file, Encoding) : File.ReadAllText(file, Encoding).Split(Delimiter);
            lines = TotalCount >= 0 ? lines.Take((int)Math.Min(TotalCount, int.MaxValue)) : Tail >= 0 ? lines.TakeLast(Tail) : lines;
            WriteLines(lines);
        }
    }

    private void WriteLines(IEnumerable<string> lines)
    {
        if (ReadCount == 1)
        {
            WriteObject(lines, enumerateCollection: true);
            return;
        }

        foreach (var batch in ReadCount == 0 ? [lines.ToArray()] : lines.Chunk((int)ReadCount))
        {
            WriteObject(batch, enumerateCollection: false);
        }
    }

    private void ReadOther(string path)
    {
        foreach (var reader in InvokeProvider.Content.GetReader([path], Force, Literal))
        {
            using (reader)
            {
                WriteObject(reader.Read(0), enumerateCollection: true);
            }
        }
    }
}
