using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>JSON to PowerShell's objects: long (else BigInteger) and double numbers, ISO 8601 texts as dates.</summary>
internal sealed class JsonReader(bool asHashtable)
{
    public object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => asHashtable ? Table(element) : Custom(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.String => Text(element.GetString()!),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private Hashtable Table(JsonElement element)
    {
        var table = new OrderedHashtable();
        foreach (var property in element.EnumerateObject())
        {
            table[property.Name] = Read(property.Value);
        }

        return table;
    }

    private PSObject Custom(JsonElement element)
    {
        var result = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            // Of two equal names the last one wins.
            result.Properties.Remove(property.Name);
            result.Properties.Add(new PSNoteProperty(property.Name, Read(property.Value)), preValidated: true);
        }

        return result;
    }

    private static object Text(string text) =>
        text.Length >= 19 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':'
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date) ? date : text;

    private static object Number(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        var text = element.GetRawText();
        return text.AsSpan().ContainsAny('.', 'e', 'E') ? element.GetDouble() : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }
}
