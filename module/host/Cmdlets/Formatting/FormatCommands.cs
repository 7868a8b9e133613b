using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => FormatEngine.Shape(this, "Table");
}

[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => FormatEngine.Shape(this, "List");
}

[Cmdlet(VerbsCommon.Format, "Wide")]
public sealed class FormatWideCommand : OuterFormatShapeCommandBase
{
    public FormatWideCommand() => FormatEngine.Shape(this, "Wide");

    [Parameter(Position = 0)]
    public object? Property { get; set; }

    [Parameter]
    public SwitchParameter AutoSize { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Column { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        FormatEngine.Configure(
            this,
            "FormatWideParameterDefinition",
            Property is null ? null : [Property],
            Column > 0 ? FormatEngine.ShapeParameters("WideSpecificParameters", "columns", Column) : null,
            MyInvocation.BoundParameters.ContainsKey(nameof(AutoSize)) ? AutoSize.ToBool() : null);
    }
}

[Cmdlet(VerbsCommon.Format, "Custom")]
public sealed class FormatCustomCommand : OuterFormatShapeCommandBase
{
    public FormatCustomCommand() => FormatEngine.Shape(this, "Complex");

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 5;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        FormatEngine.Configure(
            this,
            "FormatObjectParameterDefinition",
            Property,
            Property is null ? null : FormatEngine.ShapeParameters("ComplexSpecificParameters", "maxDepth", Depth),
            null);
    }
}
