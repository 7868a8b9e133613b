using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

internal static class CsvReader
{
    public static IEnumerable<PSObject> Read(TextReader reader, char delimiter, string[]? header)
    {
        var columns = header;
        foreach (var fields in Records(reader, delimiter))
        {
            if (columns is null)
            {
                if (!fields[0].StartsWith("#TYPE", StringComparison.Ordinal))
                {
                    columns = fields.Select((f, i) => f.Length == 0 ? $"H{i + 1}" : f).ToArray();
                }

                continue;
            }

            var result = new PSObject();
            for (var i = 0; i < columns.Length; i++)
            {
                result.Properties.Add(new PSNoteProperty(columns[i], i < fields.Count ? fields[i] : null));
            }

            yield return result;
        }
    }

    // RFC 4180: quoted fields may hold delimiters, line breaks and doubled quotes. Empty lines are skipped.
    private static IEnumerable<List<string>> Records(TextReader reader, char delimiter)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        while (reader.Read() is >= 0 and var code)
        {
            var character = (char)code;
            if (quoted)
            {
                if (character != '"')
                {
                    field.Append(character);
                }
                else if (reader.Peek() == '"')
                {
                    field.Append((char)reader.Read());
                }
                else
                {
                    quoted = false;
                }
            }
            else if (character == '"')
            {
                quoted = true;
            }
            else if (character == delimiter)
            {
                Take();
            }
            else if (character == '\n')
            {
                if (fields.Count > 0 || field.Length > 0)
                {
                    yield return Finish();
                }
            }
            else if (character != '\r')
            {
                field.Append(character);
            }
        }

        if (fields.Count > 0 || field.Length > 0)
        {
            yield return Finish();
        }

        void Take()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        List<string> Finish()
        {
            Take();
            var result = fields;
            fields = [];
            return result;
        }
    }
}
