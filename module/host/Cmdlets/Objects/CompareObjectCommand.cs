using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.Compare, "Object")]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _difference = [];

    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    [Parameter]
    public object[]? Property { get; set; }

    [Parameter]
    public int SyncWindow { get; set; } = int.MaxValue;

    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void ProcessRecord() => _difference.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        var specs = PropertySpec.ParseAll(Property);
        var comparer = new ValueComparer(CaseSensitive);
        var open = ReferenceObject.Select((item, index) => (Item: item, Index: index)).ToList();
        var right = new List<PSObject>();
        for (var i = 0; i < _difference.Count; i++)
        {
            var match = open.FindIndex(o => Math.Abs((long)o.Index - i) <= SyncWindow && Equal(o.Item, _difference[i]));
            if (match < 0)
            {
                right.Add(_difference[i]);
                continue;
            }

            if (IncludeEqual || ExcludeDifferent)
            {
                Emit(open[match].Item, "==", specs);
            }

            open.RemoveAt(match);
        }

        if (!ExcludeDifferent)
        {
            right.ForEach(item => Emit(item, "=>", specs));
            open.ForEach(o => Emit(o.Item, "<=", specs));
        }

        bool Equal(PSObject a, PSObject b) =>
            specs is null ? comparer.Equals(a, b) : specs.All(s => comparer.Equals(s.ValueOf(a), s.ValueOf(b)));
    }

    private void Emit(PSObject item, string side, PropertySpec[]? specs)
    {
        var result = PassThru ? item : new PSObject();
        if (!PassThru)
        {
            foreach (var (name, value, _) in specs?.SelectMany(s => s.Read(item)) ?? [("InputObject", item, null)])
            {
                result.Properties.Add(new PSNoteProperty(name, value));
            }
        }

        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}
