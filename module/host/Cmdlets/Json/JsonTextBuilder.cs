using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>PowerShell's objects as JSON in pwsh's layout: two spaces, each element on its own line, line feeds.</summary>
internal sealed class JsonTextBuilder(int maximumDepth, bool compress, bool enumsAsStrings)
{
    private readonly StringBuilder _text = new();

    public bool Truncated { get; private set; }

    public string Build(object? value)
    {
        Write(value, 0);
        return _text.ToString();
    }

    private void Write(object? value, int depth)
    {
        var wrapped = value as PSObject;
        var plain = wrapped is null || wrapped.BaseObject is PSCustomObject ? value : wrapped.BaseObject;
        if (Scalar(plain) is { } scalar)
        {
            _text.Append(scalar);
        }
        else if (depth > maximumDepth)
        {
            Truncated = true;
            _text.Append(Quote(LanguagePrimitives.ConvertTo<string>(value)));
        }
        else if (plain is IDictionary table)
        {
            var entries = new List<(string, object?)>();
            foreach (DictionaryEntry entry in table)
            {
                entries.Add((LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value));
            }

            WriteObject(entries, depth);
        }
        else if (plain is IEnumerable items)
        {
            WriteList('[', ']', items.Cast<object?>().ToList(), depth, item => Write(item, depth + 1));
        }
        else
        {
            WriteObject(PSObject.AsPSObject(value!).Properties.Where(p => p.IsGettable).Select(p => (p.Name, Read(p))).ToList(), depth);
        }
    }

    private void WriteObject(List<(string Name, object? Value)> members, int depth) =>
        WriteList('{', '}', members, depth, member =>
        {
            _text.Append(Quote(member.Name)).Append(compress ? ":" : ": ");
            Write(member.Value, depth + 1);
        });

    private void WriteList<T>(char open, char close, List<T> items, int depth, Action<T> write)
    {
        _text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            _text.Append(i == 0 ? "" : ",");
            NewLine(depth + 1);
            write(items[i]);
        }

        if (items.Count > 0)
        {
            NewLine(depth);
        }

        _text.Append(close);
    }

    private void NewLine(int depth)
    {
        if (!compress)
        {
            _text.Append(Environment.NewLine).Append(' ', depth * 2);
        }
    }

    private string? Scalar(object? value) => value switch
    {
        null or DBNull => "null",
        string text => Quote(text),
        char character => Quote(character.ToString()),
        bool flag => flag ? "true" : "false",
        SwitchParameter flag => flag ? "true" : "false",
        Enum member => enumsAsStrings ? Quote(member.ToString()) : member.ToString("D"),
        double number => double.IsFinite(number) ? Fraction(number.ToString("R", CultureInfo.InvariantCulture)) : Quote(number.ToString(CultureInfo.InvariantCulture)),
        float number => float.IsFinite(number) ? Fraction(number.ToString("R", CultureInfo.InvariantCulture)) : Quote(number.ToString(CultureInfo.InvariantCulture)),
        decimal number => Fraction(number.ToString(CultureInfo.InvariantCulture)),
        sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger => Convert.ToString(value, CultureInfo.InvariantCulture),
        DateTime time => Quote(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Quote(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
        Guid or Uri or Type => Quote(value.ToString()!),
        _ => null,
    };

    private static string Fraction(string number) => number.AsSpan().ContainsAny('.', 'E') ? number : number + ".0";

    private static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                '\b' => result.Append("\\b"),
                '\f' => result.Append("\\f"),
                < ' ' or '\u0085' or '\u2028' or '\u2029' => result.Append($"\\u{(int)character:x4}"),
                _ => result.Append(character),
            };
        }

        return result.Append('"').ToString();
    }
}
