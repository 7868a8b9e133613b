using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MirrorBackup.Host.Running;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.Update, "FormatData", SupportsShouldProcess = true)]
public sealed class UpdateFormatDataCommand : ProviderCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    public string[] AppendPath { get; set; } = [];

    [Parameter]
    public string[] PrependPath { get; set; } = [];

    protected override void EndProcessing()
    {
        var formats = EngineInternals.State(Runspace.DefaultRunspace).Formats;
        foreach (var file in Files(AppendPath))
        {
            formats.Add(new SessionStateFormatEntry(file));
        }

        var known = formats.ToList();
        var first = Files(PrependPath).Select(f => new SessionStateFormatEntry(f)).ToList();
        if (first.Count > 0)
        {
            formats.Clear();
            formats.Add(first.Concat(known));
        }

        try
        {
            EngineInternals.UpdateTypesAndFormats(Runspace.DefaultRunspace);
        }
        catch (System.Reflection.TargetInvocationException error) when (error.InnerException is RuntimeException inner)
        {
            ThrowTerminatingError(new(inner, "FormatXmlUpdateException", ErrorCategory.InvalidData, null));
        }
    }

    private IEnumerable<string> Files(string[] paths) =>
        paths.SelectMany(p => FilePaths(p, literal: false)).Where(f => ShouldProcess(f, "Update FormatData"));
}

[Cmdlet(VerbsData.Update, "TypeData", SupportsShouldProcess = true, DefaultParameterSetName = "FileSet")]
public sealed class UpdateTypeDataCommand : ProviderCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "FileSet")]
    [Alias("PSPath", "FullName")]
    public string[] AppendPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "DynamicTypeSet")]
    public string TypeName { get; set; } = "";

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public PSMemberTypes MemberType { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public string? MemberName { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public object? Value { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public string[]? DefaultDisplayPropertySet { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public string? DefaultDisplayProperty { get; set; }

    [Parameter(ParameterSetName = "DynamicTypeSet")]
    public string[]? DefaultKeyPropertySet { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void EndProcessing()
    {
        var types = EngineInternals.State(Runspace.DefaultRunspace).Types;
        if (ParameterSetName == "DynamicTypeSet")
        {
            types.Add(new SessionStateTypeEntry(Dynamic(), isRemove: false));
        }

        foreach (var file in AppendPath.SelectMany(p => FilePaths(p, literal: false)).Where(f => ShouldProcess(f, "Update TypeData")))
        {
            types.Add(new SessionStateTypeEntry(file));
        }

        try
        {
            EngineInternals.UpdateTypesAndFormats(Runspace.DefaultRunspace);
        }
        catch (System.Reflection.TargetInvocationException error) when (error.InnerException is RuntimeException inner)
        {
            ThrowTerminatingError(new(inner, "TypesXmlUpdateException", ErrorCategory.InvalidData, null));
        }
    }

    private TypeData Dynamic()
    {
        var data = new TypeData(TypeName) { IsOverride = Force, DefaultDisplayProperty = DefaultDisplayProperty ?? "" };
        if (MemberName is not null)
        {
            data.Members.Add(MemberName, MemberType switch
            {
                PSMemberTypes.AliasProperty => new AliasPropertyData(MemberName, To<string>(Value)),
                PSMemberTypes.ScriptMethod => new ScriptMethodData(MemberName, To<ScriptBlock>(Value)),
                PSMemberTypes.NoteProperty => new NotePropertyData(MemberName, Value),
                _ => new ScriptPropertyData(MemberName, To<ScriptBlock>(Value)),
            });
        }

        data.DefaultDisplayPropertySet = DefaultDisplayPropertySet is null ? null : new(DefaultDisplayPropertySet);
        data.DefaultKeyPropertySet = DefaultKeyPropertySet is null ? null : new(DefaultKeyPropertySet);
        return data;
    }

    private static T To<T>(object? value) => LanguagePrimitives.ConvertTo<T>(value);
}

[Cmdlet(VerbsCommon.Get, "FormatData")]
public sealed class GetFormatDataCommand : ProviderCmdlet
{
    [Parameter(Position = 0)]
    public string[] TypeName { get; set; } = ["*"];

    // Views the engine read from files are not kept in a form that could be shown again.
    protected override void ProcessRecord() => WriteObject(
        EngineInternals.State(Runspace.DefaultRunspace).Formats.Select(f => f.FormatData).OfType<ExtendedTypeDefinition>()
            .Where(d => d.TypeNames.Any(t => Matches(t, TypeName))),
        enumerateCollection: true);
}
