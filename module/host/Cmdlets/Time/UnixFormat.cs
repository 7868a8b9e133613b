using System.Globalization;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>The usual letters of date(1), for Get-Date -UFormat.</summary>
internal static class UnixFormat
{
    public static string Apply(string format, DateTime date)
    {
        var result = new StringBuilder();
        var start = format.StartsWith('+') ? 1 : 0;
        for (var i = start; i < format.Length; i++)
        {
            result.Append(format[i] == '%' && ++i < format.Length ? Letter(format[i], date) : format[i].ToString());
        }

        return result.ToString();
    }

    private static string Letter(char letter, DateTime date)
    {
        string Net(string format) => date.ToString(format, CultureInfo.InvariantCulture);
        return letter switch
        {
            'Y' => Net("yyyy"),
            'y' => Net("yy"),
            'm' => Net("MM"),
            'd' => Net("dd"),
            'e' => Net("%d").PadLeft(2),
            'H' => Net("HH"),
            'I' => Net("hh"),
            'M' => Net("mm"),
            'S' => Net("ss"),
            'p' => Net("tt"),
            'Z' => Net("zz"),
            'F' => Net("yyyy-MM-dd"),
            'T' => Net("HH:mm:ss"),
            'R' => Net("HH:mm"),
            'D' => Net("MM/dd/yy"),
            'a' => Net("ddd"),
            'A' => Net("dddd"),
            'b' => Net("MMM"),
            'B' => Net("MMMM"),
            'j' => date.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
            's' => new DateTimeOffset(date).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            'n' => "\n",
            't' => "\t",
            _ => letter.ToString(),
        };
    }
}
