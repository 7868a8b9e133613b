using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Join, "String")]
public sealed class JoinStringCommand : PSCmdlet
{
    private readonly List<string> _texts = [];
    private PropertySpec? _property;

    [Parameter(Position = 0)]
    public object? Property { get; set; }

    [Parameter(Position = 1)]
    [AllowEmptyString]
    public string? Separator { get; set; }

    [Parameter]
    [Alias("op")]
    public string? OutputPrefix { get; set; }

    [Parameter]
    [Alias("os")]
    public string? OutputSuffix { get; set; }

    [Parameter]
    public SwitchParameter SingleQuote { get; set; }

    [Parameter]
    public SwitchParameter DoubleQuote { get; set; }

    [Parameter]
    public string? FormatString { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    protected override void BeginProcessing() => _property = Property is null ? null : PropertySpec.ParseAll([Property])![0];

    protected override void ProcessRecord()
    {
        foreach (var item in InputObject.Where(i => i is not null))
        {
            var value = _property is null ? item : _property.ValueOf(item);
            var text = FormatString is null ? LanguagePrimitives.ConvertTo<string>(value) : string.Format(Host.CurrentCulture, FormatString, value);
            _texts.Add(SingleQuote ? $"'{text}'" : DoubleQuote ? $"\"{text}\"" : text);
        }
    }

    protected override void EndProcessing()
    {
        var separator = Separator ?? LanguagePrimitives.ConvertTo<string>(GetVariableValue("OFS"));
        WriteObject(OutputPrefix + string.Join(separator, _texts) + OutputSuffix);
    }
}
