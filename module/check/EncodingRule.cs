namespace MirrorBackup.Check;

/// <summary>Windows PowerShell reads a file without byte order mark in the machine's ANSI code page.</summary>
internal static class EncodingRule
{
    public static IEnumerable<Finding> Check(Script script)
    {
        if (script.Bytes is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..])
        {
            yield break;
        }

        var line = 1;
        foreach (var value in script.Bytes)
        {
            if (value == '\n')
            {
                line++;
            }
            else if (value >= 0x80)
            {
                yield return new(script.Name, line, "a character outside ASCII in a file without byte order mark: 5.1 would read it as ANSI");
                yield break;
            }
        }
    }
}
