using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.Out, "String", DefaultParameterSetName = "NoNewLineFormatting")]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _text = new();

    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        FormatEngine.WriteTo(this, _text, Width ?? Host.UI.RawUI.BufferSize.Width - 1, NoNewline);
        base.BeginProcessing();
    }

    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (Stream)
        {
            WriteLines();
        }
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Stream)
        {
            WriteLines();
        }
        else
        {
            WriteObject(_text.ToString());
        }
    }

    private void WriteLines()
    {
        var text = _text.GetStringBuilder();
        if (text.Length == 0)
        {
            return;
        }

        var lines = text.ToString().ReplaceLineEndings("\n");
        text.Clear();
        foreach (var line in (lines.EndsWith('\n') ? lines[..^1] : lines).Split('\n'))
        {
            WriteObject(line);
        }
    }
}
