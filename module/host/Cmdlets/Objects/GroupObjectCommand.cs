using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

public class GroupInfoNoElement
{
    internal GroupInfoNoElement(ArrayList values)
    {
        Values = values;
        Name = string.Join(", ", values.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>));
    }

    public ArrayList Values { get; }

    public virtual int Count { get; internal set; }

    public string Name { get; }
}

public sealed class GroupInfo : GroupInfoNoElement
{
    internal GroupInfo(ArrayList values)
        : base(values)
    {
    }

    public override int Count => Group.Count;

    public Collection<PSObject> Group { get; } = [];
}

[Cmdlet(VerbsData.Group, "Object")]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<(object?[] Keys, List<PSObject> Items)> _groups = [];
    private readonly Dictionary<string, List<int>> _buckets = new(StringComparer.OrdinalIgnoreCase);
    private PropertySpec[]? _specs;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter]
    public SwitchParameter AsString { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void BeginProcessing() => _specs = PropertySpec.ParseAll(Property);

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        object?[] keys = _specs is null ? [InputObject.BaseObject is PSCustomObject ? InputObject : InputObject.BaseObject] : _specs.Select(s => s.ValueOf(InputObject)).ToArray();
        var comparer = new ValueComparer(CaseSensitive);
        var bucket = string.Join('\0', keys.Select(LanguagePrimitives.ConvertTo<string>));
        if (!_buckets.TryGetValue(bucket, out var candidates))
        {
            _buckets[bucket] = candidates = [];
        }

        foreach (var candidate in candidates)
        {
            if (_groups[candidate].Keys.SequenceEqual(keys, comparer))
            {
                _groups[candidate].Items.Add(InputObject);
                return;
            }
        }

        candidates.Add(_groups.Count);
        _groups.Add((keys, [InputObject]));
    }

    protected override void EndProcessing()
    {
        if (AsHashTable)
        {
            var table = new Hashtable(CaseSensitive ? StringComparer.Ordinal : StringComparer.CurrentCultureIgnoreCase);
            foreach (var (keys, items) in _groups)
            {
                var values = new Collection<PSObject>(items);
                table[AsString || keys.Length > 1 ? new GroupInfoNoElement(new(keys)).Name : keys[0] ?? ""] = values.ToArray();
            }

            WriteObject(table);
            return;
        }

        var comparer = new ValueComparer(CaseSensitive);
        foreach (var (keys, items) in _groups.Order(Comparer<(object?[] Keys, List<PSObject>)>.Create(Compare)))
        {
            WriteObject(NoElement ? new GroupInfoNoElement(new(keys)) { Count = items.Count } : Full(keys, items));
        }

        int Compare((object?[] Keys, List<PSObject> Items) a, (object?[] Keys, List<PSObject> Items) b) =>
            a.Keys.Zip(b.Keys, comparer.Compare).FirstOrDefault(order => order != 0);
    }

    private static GroupInfo Full(object?[] keys, List<PSObject> items)
    {
        var group = new GroupInfo(new(keys));
        items.ForEach(group.Group.Add);
        return group;
    }
}
