using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Remembers what went by; custom objects are the same when all their properties are.</summary>
internal sealed class UniqueSet
{
    private readonly List<object?> _list = [];
    private HashSet<string>? _texts;

    public bool CaseInsensitive { get; set; }

    public bool Add(object? item)
    {
        var value = item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item;
        if (value is string text)
        {
            return (_texts ??= new(CaseInsensitive ? StringComparer.InvariantCultureIgnoreCase : StringComparer.InvariantCulture)).Add(text);
        }

        if (_list.Any(seen => Same(seen, value)))
        {
            return false;
        }

        _list.Add(value);
        return true;
    }

    private bool Same(object? left, object? right)
    {
        if (left is PSObject a && right is PSObject b)
        {
            var comparer = new ValueComparer(!CaseInsensitive);
            return a.Properties.Count() == b.Properties.Count()
                && a.Properties.All(p => b.Properties[p.Name] is { } other && comparer.Equals(p.Value, other.Value));
        }

        return left is not PSObject && right is not PSObject && LanguagePrimitives.Equals(left, right, CaseInsensitive);
    }
}
