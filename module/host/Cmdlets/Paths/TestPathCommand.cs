using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

public enum TestPathType
{
    Any,
    Container,
    Leaf,
}

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : ProviderCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public string?[]? Path { get; set; }

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public string?[]? LiteralPath { get; set; }

    [Parameter]
    [Alias("Type")]
    public TestPathType PathType { get; set; }

    [Parameter]
    public SwitchParameter IsValid { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in (Literal ? LiteralPath : Path) ?? [])
        {
            WriteObject(!string.IsNullOrWhiteSpace(path) && Test(path));
        }
    }

    private bool Test(string path)
    {
        try
        {
            if (IsValid)
            {
                return SessionState.Path.IsValid(path);
            }

            return PathType switch
            {
                TestPathType.Container => IsContainer(path),
                TestPathType.Leaf => Exists(path) && !IsContainer(path),
                _ => Exists(path),
            };
        }
        catch (Exception error) when (error is RuntimeException and IContainsErrorRecord and not PipelineStoppedException)
        {
            return false;
        }
    }

    private bool Exists(string path) => InvokeProvider.Item.Exists(path, true, Literal);

    private bool IsContainer(string path) => InvokeProvider.Item.IsContainer(Literal ? WildcardPattern.Escape(path) : path);
}
