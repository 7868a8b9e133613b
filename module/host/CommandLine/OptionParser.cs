using System.Text;

namespace MirrorBackup.Host.CommandLine;

/// <summary>Reads pwsh's command line, as far as scripts and tools use it.</summary>
internal static class OptionParser
{
    public const string Usage = """
        Usage: mbpwsh [-File <script> [arguments]] [-Command <text> | -] [-EncodedCommand <base64>]
                      [-NonInteractive] [-WorkingDirectory <path>] [-Version] [-Help]
        Without arguments it reads commands from the terminal or a script from standard input.
        -NoProfile, -NoLogo, -NoExit, -Interactive, -ExecutionPolicy and -OutputFormat are accepted and have no effect.
        """;

    // pwsh accepts any unambiguous beginning of a name and some short forms.
    private static readonly (string Name, string Shortest)[] Names =
    [
        ("file", "f"), ("command", "c"), ("encodedcommand", "e"), ("noninteractive", "noni"), ("noprofile", "nop"),
        ("nologo", "nol"), ("noexit", "noe"), ("interactive", "i"), ("executionpolicy", "ex"), ("workingdirectory", "wo"),
        ("version", "v"), ("help", "h"), ("outputformat", "o"), ("inputformat", "in"), ("login", "l"), ("mta", "mta"), ("sta", "sta"),
    ];

    public static Options Parse(string[] words, bool inputIsTerminal)
    {
        var nonInteractive = false;
        string? directory = null;
        Options With(RunKind kind, string text = "", IEnumerable<string>? arguments = null) => new()
        {
            Kind = kind,
            Text = text,
            Arguments = ScriptArguments.Parse(arguments ?? []),
            NonInteractive = nonInteractive,
            WorkingDirectory = directory,
        };

        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            string Next() => ++i < words.Length ? words[i] : throw new UsageException($"{word} needs a value.");

            switch (NameOf(word))
            {
                case "file":
                    var file = Next();
                    return file == "-" ? With(RunKind.StandardInput) : With(RunKind.File, file, words.Skip(i + 1));
                case "command":
                    var first = Next();
                    return first == "-" ? With(RunKind.StandardInput) : With(RunKind.Command, string.Join(' ', words.Skip(i)));
                case "encodedcommand":
                    return With(RunKind.Command, Decode(Next()));
                case "noninteractive":
                    nonInteractive = true;
                    break;
                case "executionpolicy" or "outputformat" or "inputformat":
                    Next();
                    break;
                case "workingdirectory":
                    directory = Next();
                    break;
                case "version":
                    return With(RunKind.ShowVersion);
                case "help":
                    return With(RunKind.ShowHelp);
                case null when word.StartsWith('-'):
                    throw new UsageException($"The parameter {word} is not known.");
                case null:
                    return With(RunKind.File, word, words.Skip(i + 1));
            }
        }

        return With(inputIsTerminal && !nonInteractive ? RunKind.Interactive : RunKind.StandardInput);
    }

    private static string? NameOf(string word)
    {
        if (word is "-?" or "--help" or "/?")
        {
            return "help";
        }

        if (!word.StartsWith('-') || word.Length < 2)
        {
            return null;
        }

        var given = word.TrimStart('-').ToLowerInvariant();
        if (given is "ec" or "enc")
        {
            return "encodedcommand";
        }

        if (given is "wd")
        {
            return "workingdirectory";
        }

        return Names.FirstOrDefault(n => n.Name.StartsWith(given, StringComparison.Ordinal) && given.Length >= n.Shortest.Length).Name;
    }

    private static string Decode(string base64)
    {
        try
        {
            return Encoding.Unicode.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            throw new UsageException("-EncodedCommand needs UTF-16 text in Base64.");
        }
    }
}
