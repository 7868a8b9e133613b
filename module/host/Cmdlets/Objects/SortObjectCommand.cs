using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet("Sort", "Object", DefaultParameterSetName = "Default")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>This sort is always stable.</summary>
    [Parameter]
    public SwitchParameter Stable { get; set; }

    [Parameter]
    public int Top { get; set; }

    [Parameter]
    public int Bottom { get; set; }

    [Parameter]
    public string? Culture { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _items.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        var specs = PropertySpec.ParseAll(Property);
        var values = new ValueComparer(CaseSensitive);

        // Keys are read once: a script block may be slow.
        var keyed = _items.Select(i => (Item: i, Keys: specs is null ? [i] : specs.Select(s => s.ValueOf(i)).ToArray()));
        IEnumerable<(PSObject Item, object?[] Keys)> sorted = keyed.Order(Comparer<(PSObject Item, object?[] Keys)>.Create(Compare));
        if (Unique)
        {
            sorted = WithoutRepeats(sorted, (a, b) => Compare(a, b) == 0);
        }

        var result = sorted.Select(s => s.Item).ToList();
        WriteObject(Top > 0 ? result.Take(Top) : Bottom > 0 ? result.TakeLast(Bottom) : result, enumerateCollection: true);

        int Compare((PSObject Item, object?[] Keys) a, (PSObject Item, object?[] Keys) b)
        {
            for (var i = 0; i < a.Keys.Length; i++)
            {
                if (values.Compare(a.Keys[i], b.Keys[i]) is not 0 and var order)
                {
                    return specs?[i].Descending ?? Descending ? -order : order;
                }
            }

            return 0;
        }
    }

    private static IEnumerable<T> WithoutRepeats<T>(IEnumerable<T> sorted, Func<T, T, bool> same)
    {
        var first = true;
        T previous = default!;
        foreach (var item in sorted)
        {
            if (first || !same(previous, item))
            {
                yield return item;
            }

            first = false;
            previous = item;
        }
    }
}
