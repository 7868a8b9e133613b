using System.Collections;

namespace Microsoft.PowerShell.Commands;

/// <summary>A case-sensitive hash table that lists its entries in the order they came.</summary>
public sealed class OrderedHashtable() : Hashtable(StringComparer.Ordinal), IEnumerable
{
    private readonly List<object> _order = [];

    public override object? this[object key]
    {
        get => base[key];
        set
        {
            Remember(key);
            base[key] = value;
        }
    }

    public override ICollection Keys => _order.ToArray();

    public override ICollection Values => _order.Select(k => base[k]).ToArray();

    public override void Add(object key, object? value)
    {
        base.Add(key, value);
        _order.Add(key);
    }

    public override void Remove(object key)
    {
        base.Remove(key);
        _order.Remove(key);
    }

    public override void Clear()
    {
        base.Clear();
        _order.Clear();
    }

    public override IDictionaryEnumerator GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Remember(object key)
    {
        if (!ContainsKey(key))
        {
            _order.Add(key);
        }
    }

    private sealed class Enumerator(OrderedHashtable table) : IDictionaryEnumerator
    {
        private int _at = -1;

        public DictionaryEntry Entry => new(Key, Value);

        public object Key => table._order[_at];

        public object? Value => table[Key];

        public object Current => Entry;

        public bool MoveNext() => ++_at < table._order.Count;

        public void Reset() => _at = -1;
    }
}
