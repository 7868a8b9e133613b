namespace MirrorBackup.Host.CommandLine;

internal static class ScriptArguments
{
    /// <summary>
    /// Splits what follows -File the way pwsh does: "-Name" stays a bare parameter, so that the binder
    /// decides from the script's declaration whether the next value belongs to it; "-Name:value" is one
    /// argument, and $true and $false after the colon are Booleans (a switch cannot be set from a string).
    /// </summary>
    public static IReadOnlyList<ScriptArgument> Parse(IEnumerable<string> words)
    {
        var result = new List<ScriptArgument>();
        string? waiting = null;
        foreach (var word in words)
        {
            if (waiting is not null)
            {
                result.Add(new(waiting, word));
                waiting = null;
            }
            else if (!IsParameter(word))
            {
                result.Add(new(null, word));
            }
            else if (word.IndexOf(':') is var colon && colon < 0)
            {
                result.Add(new(word, null));
            }
            else if (colon == word.Length - 1)
            {
                waiting = word[1..colon];
            }
            else
            {
                result.Add(new(word[1..colon], AsValue(word[(colon + 1)..])));
            }
        }

        if (waiting is not null)
        {
            result.Add(new("-" + waiting, null));
        }

        return result;
    }

    private static bool IsParameter(string word) =>
        word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] is '_' or '?');

    private static object AsValue(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
