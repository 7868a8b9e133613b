using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// The formatting engine is in System.Management.Automation, its base cmdlets are public, but the parts they
/// are put together from are internal. These few calls assemble them as Microsoft.PowerShell.Utility does,
/// so that custom views, groupings and alignment come from the real thing.
/// </summary>
internal static class FormatEngine
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private const string Space = "Microsoft.PowerShell.Commands.Internal.Format.";

    /// <param name="cmdlet">A new Format-* cmdlet.</param>
    /// <param name="shape">Table, List, Wide or Complex.</param>
    public static void Shape(FrontEndCommandBase cmdlet, string shape) =>
        SetImplementation(cmdlet, New("InnerFormatShapeCommand", Enum.Parse(Find("FormatShape"), shape)));

    /// <summary>The cmdlet will write its input as lines of text.</summary>
    public static void WriteTo(FrontEndCommandBase cmdlet, TextWriter writer, int columns, bool withoutNewlines)
    {
        var manager = New("OutputManagerInner");
        manager.GetType().GetProperty("LineOutput", Members)!.SetValue(manager, New("TextWriterLineOutput", writer, columns, withoutNewlines));
        SetImplementation(cmdlet, manager);
    }

    /// <summary>-Property and -Column of Format-Wide, -Property and -Depth of Format-Custom.</summary>
    public static void Configure(OuterFormatShapeCommandBase cmdlet, string definition, object[]? properties, object? shapeParameters, bool? autoSize)
    {
        var parameters = New("FormattingCommandLineParameters");
        if (properties is { Length: > 0 })
        {
            var processor = New("ParameterProcessor", New(definition));
            var context = New("TerminatingErrorContext", cmdlet);
            var list = processor.GetType().GetMethod("ProcessParameters", Members)!.Invoke(processor, [properties, context]);
            Set("mshParameterList", list);
        }

        Set("shapeParameters", shapeParameters);
        Set("autosize", autoSize);
        Set("viewName", string.IsNullOrEmpty(cmdlet.View) ? null : cmdlet.View);
        Set("forceFormattingAlsoOnOutOfBand", cmdlet.Force.ToBool());
        var groupBy = typeof(OuterFormatShapeCommandBase).GetMethod("ProcessGroupByParameter", Members)!.Invoke(cmdlet, []);
        Set("groupByParameter", groupBy);

        var inner = Implementation.GetValue(cmdlet)!;
        inner.GetType().GetMethod("SetCommandLineParameters", Members)!.Invoke(inner, [parameters]);

        void Set(string field, object? value) => parameters.GetType().GetField(field, Members)!.SetValue(parameters, value);
    }

    public static object ShapeParameters(string type, string field, object value)
    {
        var result = New(type);
        result.GetType().GetField(field, Members)!.SetValue(result, value);
        return result;
    }

    private static FieldInfo Implementation { get; } = typeof(FrontEndCommandBase).GetField("implementation", Members)!;

    private static void SetImplementation(FrontEndCommandBase cmdlet, object value) => Implementation.SetValue(cmdlet, value);

    private static Type Find(string name) => typeof(PSObject).Assembly.GetType(Space + name, throwOnError: true)!;

    private static object New(string type, params object[] arguments) => Activator.CreateInstance(Find(type), Members, null, arguments, null)!;
}
