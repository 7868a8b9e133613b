using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>What Set-Content and Add-Content share; the files open with the first value and close at the end.</summary>
public abstract class WriteContentCommand : PathCmdlet
{
    private List<(Action<object?> Write, IDisposable Close)>? _targets;

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull, AllowEmptyCollection]
    public object?[]? Value { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = TextEncoding.Default;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal abstract bool Append { get; }

    protected override void ProcessRecord()
    {
        _targets ??= Paths.SelectMany(Open).ToList();
        foreach (var value in Value ?? [null])
        {
            _targets.ForEach(t => t.Write(value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value));
            if (PassThru)
            {
                WriteObject(value);
            }
        }
    }

    protected override void EndProcessing() => Close();

    protected override void StopProcessing() => Close();

    private void Close()
    {
        _targets?.ForEach(t => t.Close.Dispose());
        _targets = null;
    }

    private List<(Action<object?> Write, IDisposable Close)> Open(string path)
    {
        var opened = new List<(Action<object?> Write, IDisposable Close)>();
        Try(() =>
        {
            if (!IsFileSystem(path))
            {
                foreach (var writer in InvokeProvider.Content.GetWriter([path], Force, Literal))
                {
                    opened.Add((v => writer.Write(new object?[] { v }), writer));
                }

                return;
            }

            foreach (var file in FilePaths(path, Literal).Where(f => ShouldProcess($"Path: {f}", Append ? "Add Content" : "Set Content")))
            {
                var writer = OutputFile.Open(this, file, Append, noClobber: false, Force, Encoding);
                opened.Add((v => Write(writer, v), writer));
            }
        }, path);
        return opened;
    }

    private void Write(StreamWriter writer, object? value)
    {
        if (AsByteStream)
        {
            writer.BaseStream.WriteByte(LanguagePrimitives.ConvertTo<byte>(value));
        }
        else if (NoNewline)
        {
            writer.Write(LanguagePrimitives.ConvertTo<string>(value));
        }
        else
        {
            writer.WriteLine(LanguagePrimitives.ConvertTo<string>(value));
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class SetContentCommand : WriteContentCommand
{
    internal override bool Append => false;
}

[Cmdlet(VerbsCommon.Add, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class AddContentCommand : WriteContentCommand
{
    internal override bool Append => true;
}

[Cmdlet(VerbsCommon.Clear, "Content", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class ClearContentCommand : PathCmdlet
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Paths.Where(p => ShouldProcess($"Path: {p}", "Clear Content")))
        {
            Try(() => InvokeProvider.Content.Clear([path], Force, Literal), path);
        }
    }
}
