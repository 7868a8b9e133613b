using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Unique")]
public sealed class GetUniqueCommand : PSCmdlet
{
    private PSObject? _last;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter OnType { get; set; }

    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        var same = _last is not null && (OnType
            ? _last.TypeNames[0] == InputObject.TypeNames[0]
            : new ValueComparer(!CaseInsensitive).Equals(_last, InputObject));
        _last = InputObject;
        if (!same)
        {
            WriteObject(InputObject);
        }
    }
}
