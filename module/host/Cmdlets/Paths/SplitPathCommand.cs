using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "ParentSet")]
public sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string[] Path { get; set; } = [];

    [Parameter]
    public SwitchParameter Parent { get; set; }

    [Parameter]
    public SwitchParameter Leaf { get; set; }

    [Parameter]
    public SwitchParameter LeafBase { get; set; }

    [Parameter]
    public SwitchParameter Extension { get; set; }

    [Parameter]
    public SwitchParameter Qualifier { get; set; }

    [Parameter]
    public SwitchParameter NoQualifier { get; set; }

    [Parameter]
    public SwitchParameter IsAbsolute { get; set; }

    [Parameter]
    public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var given in Path)
        {
            foreach (var path in Resolve ? SessionState.Path.GetResolvedPSPathFromPSPath(given).Select(p => p.Path) : [given])
            {
                WriteObject(Split(path));
            }
        }
    }

    private object Split(string path)
    {
        var leaf = SessionState.Path.ParseChildName(path);
        return this switch
        {
            { Leaf.IsPresent: true } => leaf,
            { LeafBase.IsPresent: true } => System.IO.Path.GetFileNameWithoutExtension(leaf),
            { Extension.IsPresent: true } => System.IO.Path.GetExtension(leaf),
            { IsAbsolute.IsPresent: true } => SessionState.Path.IsPSAbsolute(path, out _) || System.IO.Path.IsPathRooted(path),
            { Qualifier.IsPresent: true } => path[..(path.IndexOf(':') + 1)],
            { NoQualifier.IsPresent: true } => path[(path.IndexOf(':') + 1)..],
            _ => SessionState.Path.ParseParent(path, ""),
        };
    }
}
