using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>The columns are the properties of the first object.</summary>
internal sealed class CsvWriter(PSObject first, char delimiter, string useQuotes)
{
    private readonly string[] _columns = first.BaseObject is System.Collections.IDictionary table
        ? table.Keys.Cast<object>().Select(k => k.ToString()!).ToArray()
        : first.Properties.Where(p => p.IsGettable).Select(p => p.Name).ToArray();

    public string Header => string.Join(delimiter, _columns.Select(Quote));

    public string Line(PSObject item) => string.Join(delimiter, _columns.Select(c => Value(item, c) is { } text ? Quote(text) : ""));

    private static string? Value(PSObject item, string column)
    {
        var value = item.BaseObject is System.Collections.IDictionary table ? table[column] : item.Properties[column]?.Value;
        return value is null ? null : LanguagePrimitives.ConvertTo<string>(value is PSObject wrapped ? wrapped.BaseObject is PSCustomObject ? wrapped : wrapped.BaseObject : value);
    }

    private string Quote(string text)
    {
        var needed = text.AsSpan().ContainsAny(['"', '\r', '\n', delimiter]);
        return useQuotes == "Always" || (useQuotes == "AsNeeded" && needed) ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : text;
    }
}
