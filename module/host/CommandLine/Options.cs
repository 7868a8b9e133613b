namespace MirrorBackup.Host.CommandLine;

internal enum RunKind
{
    File,
    Command,
    StandardInput,
    Interactive,
    ShowVersion,
    ShowHelp,
}

/// <summary>What the command line asked for.</summary>
internal sealed record Options
{
    public required RunKind Kind { get; init; }

    /// <summary>The script's path (File) or its text (Command).</summary>
    public string Text { get; init; } = "";

    /// <summary>What follows the script's path.</summary>
    public IReadOnlyList<ScriptArgument> Arguments { get; init; } = [];

    public bool NonInteractive { get; init; }

    public string? WorkingDirectory { get; init; }
}

/// <summary>One argument for a script: a positional value, a parameter, or both as -Name:value.</summary>
internal readonly record struct ScriptArgument(string? Name, object? Value);

/// <summary>The command line makes no sense; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
