using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

public sealed class MemberDefinition
{
    internal MemberDefinition(string typeName, PSMemberInfo member)
    {
        TypeName = typeName;
        Name = member.Name;
        MemberType = member.MemberType;
        Definition = member.ToString() ?? "";
    }

    public string TypeName { get; }

    public string Name { get; }

    public PSMemberTypes MemberType { get; }

    public string Definition { get; }

    public override string ToString() => Definition;
}

[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _seen = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    [Parameter]
    public PSMemberViewTypes View { get; set; } = PSMemberViewTypes.Adapted | PSMemberViewTypes.Extended;

    [Parameter]
    public SwitchParameter Static { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        var typeName = Static ? (InputObject.BaseObject as Type ?? InputObject.BaseObject.GetType()).FullName! : InputObject.TypeNames[0];
        if (!_seen.Add(typeName))
        {
            return;
        }

        var patterns = Name.Select(n => new WildcardPattern(n, WildcardOptions.IgnoreCase)).ToArray();
        var members = Static ? StaticMembers() : InputObject.Members.Match("*", MemberType);
        foreach (var member in members.OrderBy(m => Kind(m.MemberType)).ThenBy(m => m.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (patterns.Any(p => p.IsMatch(member.Name)) && (Force || !IsAccessor(member)))
            {
                WriteObject(new MemberDefinition(typeName, member));
            }
        }
    }

    protected override void EndProcessing()
    {
        if (_seen.Count == 0)
        {
            WriteError(new(
                new InvalidOperationException("You must specify an object for the Get-Member cmdlet."), "NoObjectInGetMember", ErrorCategory.CloseError, null));
        }
    }

    // The engine shows static members of a type only through its type adapter.
    private IEnumerable<PSMemberInfo> StaticMembers()
    {
        var type = InputObject!.BaseObject as Type ?? InputObject.BaseObject.GetType();
        var script = InvokeCommand.NewScriptBlock("param($type, $name) $type::$name");
        foreach (var name in type.GetMembers(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public).Select(m => m.Name).Distinct())
        {
            if (script.Invoke(type, name) is [{ BaseObject: PSMemberInfo member }])
            {
                yield return member;
            }
        }
    }

    // Methods between properties, as pwsh orders them by the kind's name.
    private static string Kind(PSMemberTypes kind) => kind.ToString();

    private static bool IsAccessor(PSMemberInfo member) =>
        member is PSMethodInfo && (member.Name.StartsWith("get_", StringComparison.Ordinal) || member.Name.StartsWith("set_", StringComparison.Ordinal));
}
