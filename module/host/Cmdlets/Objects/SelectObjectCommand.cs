using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "Default")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _tail = new();
    private readonly UniqueSet _seen = new();
    private Projection? _projection;
    private int _position;
    private int _taken;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string[]? ExcludeProperty { get; set; }

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    public int[]? Index { get; set; }

    [Parameter]
    public int[]? SkipIndex { get; set; }

    private bool Bound(string name) => MyInvocation.BoundParameters.ContainsKey(name);

    protected override void BeginProcessing()
    {
        if (Property is not null || ExcludeProperty is not null || ExpandProperty is not null)
        {
            _projection = new(Property, ExcludeProperty, ExpandProperty, WriteError);
        }

        _seen.CaseInsensitive = CaseInsensitive;
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (Bound(nameof(First)) && First == 0 && !Bound(nameof(Last)) && !Wait)
        {
            throw Upstream.Stop(this);
        }

        var position = _position++;
        if (Index is not null)
        {
            TakeIndexed(position);
        }
        else if (SkipIndex is not null)
        {
            if (!SkipIndex.Contains(position))
            {
                Emit(InputObject);
            }
        }
        else if (Bound(nameof(SkipLast)))
        {
            _tail.Enqueue(InputObject);
            if (_tail.Count > SkipLast)
            {
                Emit(_tail.Dequeue());
            }
        }
        else if (Bound(nameof(Last)))
        {
            TakeFirstOrKeep(position);
        }
        else if (position >= Skip)
        {
            TakeFirst();
        }
    }

    protected override void EndProcessing()
    {
        if (Bound(nameof(Last)))
        {
            // With -Last, -Skip counts from the end.
            foreach (var item in _tail.Take(Math.Max(_tail.Count - (Bound(nameof(First)) ? 0 : Skip), 0)))
            {
                Emit(item);
            }
        }
    }

    private void TakeFirst()
    {
        if (!Bound(nameof(First)) || _taken++ < First)
        {
            Emit(InputObject!);
        }

        if (Bound(nameof(First)) && _taken >= First && !Wait)
        {
            throw Upstream.Stop(this);
        }
    }

    private void TakeIndexed(int position)
    {
        if (Index!.Contains(position))
        {
            Emit(InputObject!);
        }

        if (!Wait && position >= Index!.Max())
        {
            throw Upstream.Stop(this);
        }
    }

    private void TakeFirstOrKeep(int position)
    {
        var both = Bound(nameof(First));
        if (both && position < Skip)
        {
            return;
        }

        if (both && _taken < First)
        {
            _taken++;
            Emit(InputObject!);
            return;
        }

        _tail.Enqueue(InputObject!);
        if (_tail.Count > Last + (both ? 0 : Skip))
        {
            _tail.Dequeue();
        }
    }

    private void Emit(PSObject item)
    {
        foreach (var result in _projection is null ? [item] : _projection.Apply(item))
        {
            if (!Unique || _seen.Add(result))
            {
                WriteObject(result);
            }
        }
    }
}
