using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;

namespace Microsoft.PowerShell.Commands;

public sealed class MatchInfo
{
    public bool IgnoreCase { get; init; }

    public long LineNumber { get; init; }

    public string Line { get; init; } = "";

    public string Path { get; init; } = "InputStream";

    public string Filename => System.IO.Path.GetFileName(Path);

    public string Pattern { get; init; } = "";

    public Match[] Matches { get; init; } = [];

    /// <summary>What the engine's view of this type calls; without emphasis it is the plain text.</summary>
    public string ToEmphasizedString(string directory) => Path == "InputStream" || directory.Length == 0
        ? ToString()
        : $"{System.IO.Path.GetRelativePath(directory, Path)}:{LineNumber}:{Line}";

    public override string ToString() => Path == "InputStream" ? Line : $"{Path}:{LineNumber}:{Line}";
}

/// <summary>Without -Context: it is rare in scripts.</summary>
[Cmdlet(VerbsCommon.Select, "String", DefaultParameterSetName = "File")]
public sealed class SelectStringCommand : ProviderCmdlet
{
    private readonly List<(string Pattern, Regex Regex)> _patterns = [];
    private long _number;
    private bool _found;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Object")]
    [AllowNull, AllowEmptyString]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0)]
    public string[] Pattern { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = "File")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralFile")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public SwitchParameter List { get; set; }

    [Parameter]
    public SwitchParameter NotMatch { get; set; }

    [Parameter]
    public SwitchParameter AllMatches { get; set; }

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = TextEncoding.Default;

    protected override void BeginProcessing() => _patterns.AddRange(Pattern.Select(p =>
        (p, new Regex(SimpleMatch ? Regex.Escape(p) : p, CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase))));

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Object")
        {
            if (InputObject is { BaseObject: FileInfo info })
            {
                Search(info.FullName);
            }
            else
            {
                Test(LanguagePrimitives.ConvertTo<string>(InputObject) ?? "", ++_number, "InputStream");
            }

            return;
        }

        foreach (var path in Literal ? LiteralPath : Path)
        {
            Try(() => FilePaths(path, Literal).ToList().ForEach(Search), path);
        }
    }

    protected override void EndProcessing()
    {
        if (Quiet)
        {
            WriteObject(_found);
        }
    }

    private void Search(string file)
    {
        var number = 0L;
        foreach (var line in File.ReadLines(file, Encoding))
        {
            if (Test(line, ++number, file) && (List || Quiet))
            {
                return;
            }
        }
    }

    private bool Test(string line, long number, string path)
    {
        foreach (var (pattern, regex) in _patterns)
        {
            var match = regex.Match(line);
            if (match.Success == NotMatch)
            {
                continue;
            }

            _found = true;
            if (!Quiet)
            {
                Match[] matches = !match.Success ? [] : AllMatches ? regex.Matches(line).ToArray() : [match];
                WriteObject(Raw ? line : new MatchInfo { IgnoreCase = !CaseSensitive, Line = line, LineNumber = number, Path = path, Pattern = pattern, Matches = matches });
            }

            return true;
        }

        return false;
    }
}
