using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
public sealed class ResolvePathCommand : PathCmdlet
{
    [Parameter]
    public SwitchParameter Relative { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() =>
            {
                var found = SessionState.Path.GetResolvedPSPathFromPSPath(Literal ? WildcardPattern.Escape(path) : path);
                WriteObject(Relative ? found.Select(Shorten) : found, enumerateCollection: true);
            });
        }
    }

    private string Shorten(PathInfo path)
    {
        var relative = Path(SessionState.Path.CurrentLocation.ProviderPath, path.ProviderPath);
        return relative.StartsWith("..", StringComparison.Ordinal) ? relative : System.IO.Path.Combine(".", relative);

        static string Path(string from, string to) => System.IO.Path.GetRelativePath(from, to);
    }
}

[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = "Path")]
public sealed class ConvertPathCommand : PathCmdlet
{
    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() => WriteObject(
                SessionState.Path.GetResolvedProviderPathFromPSPath(Literal ? WildcardPattern.Escape(path) : path, out _), enumerateCollection: true));
        }
    }
}
