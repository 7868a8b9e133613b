using System.Text.RegularExpressions;

namespace MirrorBackup.Host.Terminal;

internal static partial class Ansi
{
    public static string Strip(string text) => text.Contains('\x1b') ? Sequences().Replace(text, "") : text;

    public static string Paint(string text, ConsoleColor? foreground, ConsoleColor? background)
    {
        var start = (foreground is { } f ? $"\x1b[{Code(f)}m" : "") + (background is { } b ? $"\x1b[{Code(b) + 10}m" : "");
        return start.Length == 0 ? text : start + text + "\x1b[0m";
    }

    // ConsoleColor counts blue, green, red in bits 0, 1, 2; ANSI counts red, green, blue.
    private static int Code(ConsoleColor color)
    {
        var bits = (int)color;
        var swapped = (bits & 2) | ((bits & 1) << 2) | ((bits & 4) >> 2);
        return ((bits & 8) == 0 ? 30 : 90) + swapped;
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")]
    private static partial Regex Sequences();
}
