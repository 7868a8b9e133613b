namespace MirrorBackup.Host.Terminal;

/// <summary>What the process is connected to.</summary>
internal static class Screen
{
    private const int DefaultWidth = 120;

    public static bool OutputIsTerminal { get; } = !Console.IsOutputRedirected;

    public static bool ErrorIsTerminal { get; } = !Console.IsErrorRedirected;

    public static bool InputIsTerminal { get; } = !Console.IsInputRedirected;

    /// <summary>https://no-color.org: any value but the empty one switches colour off.</summary>
    private static bool ColorWanted { get; } =
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public static bool ColorOutput { get; } = OutputIsTerminal && ColorWanted;

    public static bool ColorError { get; } = ErrorIsTerminal && ColorWanted;

    public static int Width =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0 ? columns
        : OutputIsTerminal || ErrorIsTerminal ? Ask(() => Console.WindowWidth, DefaultWidth)
        : DefaultWidth;

    public static int Height => OutputIsTerminal ? Ask(() => Console.WindowHeight, 50) : 50;

    private static int Ask(Func<int> question, int fallback)
    {
        try
        {
            return question() is > 0 and var answer ? answer : fallback;
        }
        catch (IOException)
        {
            return fallback;
        }
    }
}
