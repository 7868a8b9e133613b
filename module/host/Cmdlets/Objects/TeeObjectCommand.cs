using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet("Tee", "Object", DefaultParameterSetName = "File")]
public sealed class TeeObjectCommand : PSCmdlet
{
    private readonly List<object?> _kept = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "File")]
    [Alias("Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "LiteralFile")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string Variable { get; set; } = "";

    [Parameter]
    public SwitchParameter Append { get; set; }

    protected override void ProcessRecord()
    {
        _kept.Add(InputObject);
        WriteObject(InputObject);
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "Variable")
        {
            var before = Append && SessionState.PSVariable.GetValue(Variable) is { } old ? LanguagePrimitives.GetEnumerable(old)?.Cast<object?>() ?? [old] : [];
            object?[] all = [.. before, .. _kept];
            SessionState.PSVariable.Set(Variable, all.Length == 1 ? all[0] : all);
            return;
        }

        var script = InvokeCommand.NewScriptBlock("param($items, $path, $append) $items | Out-File -LiteralPath $path -Append:$append");
        script.Invoke(_kept.ToArray(), ParameterSetName == "File" ? FilePath : LiteralPath, Append.ToBool());
    }
}
