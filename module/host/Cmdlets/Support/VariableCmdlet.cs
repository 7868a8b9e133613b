using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Finding variables by name or wildcard, among all that are visible or in the scope that -Scope names.</summary>
public abstract class VariableCmdlet : ProviderCmdlet
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Scope { get; set; }

    internal SessionScopes Scopes => field ??= new(SessionState);

    protected IEnumerable<PSVariable> Find(string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            return Scopes.Variables(Scope).Where(v => Matches(v.Name, [name])).OrderBy(v => v.Name, StringComparer.OrdinalIgnoreCase).ToList();
        }

        if (Scopes.GetVariable(name, Scope) is { } variable)
        {
            return [variable];
        }

        WriteError(new(
            new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
        return [];
    }
}
