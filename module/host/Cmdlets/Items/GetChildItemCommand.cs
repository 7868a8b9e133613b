using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Items")]
public sealed class GetChildItemCommand : ProviderCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Items")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralItems")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    [Parameter]
    public string[]? Include { get; set; }

    [Parameter]
    public string[]? Exclude { get; set; }

    [Parameter]
    [Alias("s", "r")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public uint Depth { get; set; } = uint.MaxValue;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    public SwitchParameter File { get; set; }

    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    [Alias("ah", "h")]
    public SwitchParameter Hidden { get; set; }

    [Parameter]
    public SwitchParameter FollowSymlink { get; set; }

    protected override void ProcessRecord()
    {
        Recurse = Recurse || MyInvocation.BoundParameters.ContainsKey(nameof(Depth));
        foreach (var path in Literal ? LiteralPath : Path is [] ? ["."] : Path)
        {
            Try(() => List(path, literal: Literal));
        }
    }

    private void List(string path, bool literal)
    {
        // With -Recurse, a pattern as the last part ("dir/*.txt") selects names at every depth.
        if (Recurse && !literal && WildcardPattern.ContainsWildcardCharacters(path) && Include is null)
        {
            Include = [SessionState.Path.ParseChildName(path)];
            path = SessionState.Path.ParseParent(path, "") is { Length: > 0 } parent ? parent : ".";
        }

        Walk(path, literal, 0, "");
    }

    // Level by level: the items of a directory first, then each of its directories.
    private void Walk(string path, bool literal, uint depth, string prefix)
    {
        var children = InvokeProvider.ChildItem.Get([path], false, Force || Hidden, literal);
        foreach (var child in children)
        {
            if (Selected(child))
            {
                WriteObject(Name ? prefix + ChildName(child) : child);
            }
        }

        if (!Recurse || depth >= Depth)
        {
            return;
        }

        foreach (var child in children.Where(MayDescend))
        {
            var childPath = child.Properties["PSPath"].Value.ToString()!;
            Try(() => Walk(childPath, true, depth + 1, prefix + ChildName(child) + System.IO.Path.DirectorySeparatorChar));
        }
    }

    private bool MayDescend(PSObject child) =>
        child.BaseObject is DirectoryInfo directory
            ? FollowSymlink || directory.LinkTarget is null
            : child.Properties["PSIsContainer"]?.Value is true;

    private bool Selected(PSObject child)
    {
        var name = ChildName(child);
        if ((File && child.BaseObject is not FileInfo) || (Directory && child.BaseObject is not DirectoryInfo))
        {
            return false;
        }

        if (Hidden && child.BaseObject is FileSystemInfo info && !info.Attributes.HasFlag(FileAttributes.Hidden))
        {
            return false;
        }

        return (Filter is null || Matches(name, [Filter])) && (Include is null || Matches(name, Include)) && !Matches(name, Exclude);
    }

    private static string ChildName(PSObject child) => child.Properties["PSChildName"]?.Value?.ToString() ?? child.ToString();
}
