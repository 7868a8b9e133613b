using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>One entry of a -Property list: a name, a wildcard, a script block or a hash table with an Expression.</summary>
internal sealed class PropertySpec
{
    private readonly PSPropertyExpression _expression;
    private readonly string? _label;

    private PropertySpec(PSPropertyExpression expression, string? label, bool? descending)
    {
        _expression = expression;
        _label = label;
        Descending = descending;
    }

    /// <summary>What the entry itself says about the order (Sort-Object); null leaves it to the switch.</summary>
    public bool? Descending { get; }

    public bool HasWildcard => _expression.HasWildCardCharacters;

    public static PropertySpec[]? ParseAll(object[]? properties) => properties?.Select(Parse).ToArray();

    /// <summary>Name and value per matching property of <paramref name="item"/>; a missing one is null.</summary>
    public IEnumerable<(string Name, object? Value, Exception? Error)> Read(PSObject item)
    {
        if (HasWildcard)
        {
            foreach (var match in _expression.ResolveNames(item))
            {
                var value = match.GetValues(item).FirstOrDefault();
                yield return (match.ToString(), value?.Result, value?.Exception);
            }
        }
        else
        {
            var values = _expression.GetValues(item);
            var first = values.FirstOrDefault();
            yield return (_label ?? first?.ResolvedExpression?.ToString() ?? _expression.ToString().Trim(), first?.Result, first?.Exception);
        }
    }

    public object? ValueOf(PSObject item) => _expression.GetValues(item) is [{ Exception: null } first, ..] ? first.Result : null;

    public bool ExistsOn(PSObject item) => _expression.Script is not null || _expression.ResolveNames(item).Count > 0;

    private static PropertySpec Parse(object property)
    {
        var value = property is PSObject wrapped ? wrapped.BaseObject : property;
        return value is IDictionary table ? FromTable(table) : new(Expression(value), null, null);
    }

    private static PropertySpec FromTable(IDictionary table)
    {
        object? expression = null;
        string? label = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            var key = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (Begins("expression"))
            {
                expression = entry.Value;
            }
            else if (Begins("name") || Begins("label"))
            {
                label = LanguagePrimitives.ConvertTo<string>(entry.Value);
            }
            else if (Begins("descending"))
            {
                descending = LanguagePrimitives.IsTrue(entry.Value);
            }
            else if (Begins("ascending"))
            {
                descending = !LanguagePrimitives.IsTrue(entry.Value);
            }
            else
            {
                throw new PSArgumentException($"The {key} key is not valid.");
            }

            bool Begins(string name) => key.Length > 0 && name.StartsWith(key, StringComparison.OrdinalIgnoreCase);
        }

        return new(Expression(expression ?? label ?? throw new PSArgumentException("The Expression key is missing.")), label, descending);
    }

    private static PSPropertyExpression Expression(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        ScriptBlock script => new(script),
        var name => new(LanguagePrimitives.ConvertTo<string>(name)),
    };
}
