using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly StringBuilder _text = new();

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => _text.AppendLine(InputObject);

    protected override void EndProcessing()
    {
        if (string.IsNullOrWhiteSpace(_text.ToString()))
        {
            return;
        }

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = Depth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(_text.ToString(), options);
            WriteObject(new JsonReader(AsHashtable).Read(document.RootElement), !NoEnumerate);
        }
        catch (JsonException error)
        {
            ThrowTerminatingError(new(
                new ArgumentException($"Conversion from JSON failed with error: {error.Message}", error), "System.ArgumentException", ErrorCategory.NotSpecified, null));
        }
    }
}
