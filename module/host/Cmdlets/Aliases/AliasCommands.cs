using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Alias", DefaultParameterSetName = "Default")]
public sealed class GetAliasCommand : ProviderCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Default")]
    public string[] Name { get; set; } = ["*"];

    [Parameter(ParameterSetName = "Definition")]
    public string[]? Definition { get; set; }

    [Parameter]
    public string[] Exclude { get; set; } = [];

    [Parameter]
    public string? Scope { get; set; }

    protected override void ProcessRecord()
    {
        var all = new SessionScopes(SessionState).Aliases(Scope).Where(a => !Matches(a.Name, Exclude)).OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var pattern in Definition ?? Name)
        {
            var found = all.Where(a => Matches(Definition is null ? a.Name : a.Definition, [pattern])).ToList();
            WriteObject(found, enumerateCollection: true);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                var what = Definition is null ? "name" : "definition";
                WriteError(new(
                    new ItemNotFoundException($"This command cannot find a matching alias because an alias with the {what} '{pattern}' does not exist."),
                    "ItemNotFoundException", ErrorCategory.ObjectNotFound, pattern));
            }
        }
    }
}

public abstract class WriteAliasCommand : ProviderCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Value { get; set; } = "";

    [Parameter]
    public string? Description { get; set; }

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public string? Scope { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal abstract bool MustBeNew { get; }

    protected override void ProcessRecord()
    {
        var scopes = new SessionScopes(SessionState);
        if (MustBeNew && !Force && scopes.Aliases(Scope ?? "local").Any(a => a.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)))
        {
            WriteError(new(new SessionStateException($"The alias is not allowed, because an alias with the name '{Name}' already exists."),
                "AliasAlreadyExists", ErrorCategory.ResourceExists, Name));
            return;
        }

        if (ShouldProcess($"Name: {Name} Value: {Value}", MustBeNew ? "New Alias" : "Set Alias"))
        {
            Try(() =>
            {
                var alias = scopes.SetAlias(Name, Value, Option, Scope, Force);
                alias.Description = Description ?? alias.Description;
                if (PassThru)
                {
                    WriteObject(alias);
                }
            }, Name);
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Alias", SupportsShouldProcess = true)]
public sealed class SetAliasCommand : WriteAliasCommand
{
    internal override bool MustBeNew => false;
}

[Cmdlet(VerbsCommon.New, "Alias", SupportsShouldProcess = true)]
public sealed class NewAliasCommand : WriteAliasCommand
{
    internal override bool MustBeNew => true;
}

[Cmdlet(VerbsCommon.Remove, "Alias")]
public sealed class RemoveAliasCommand : ProviderCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() =>
        Array.ForEach(Name, name => Try(() => new SessionScopes(SessionState).RemoveAlias(name, Force), name));
}
