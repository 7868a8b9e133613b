using System.Management.Automation;
using System.Reflection;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Variables and aliases of one scope (-Scope Global, Script, Local, 0, 1 …). The public PSVariable intrinsics
/// know only the current scope, so these calls reach the session state behind them.
/// </summary>
internal sealed class SessionScopes(SessionState state)
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private readonly object _internal = typeof(SessionState).GetProperty("Internal", Members)!.GetValue(state)!;

    public PSVariable? GetVariable(string name, string? scope) =>
        scope is null ? state.PSVariable.Get(name) : (PSVariable?)Call("GetVariableAtScope", name, scope);

    public void SetVariable(PSVariable variable, string? scope, bool force) =>
        Call("SetVariableAtScope", variable, scope ?? "local", force, CommandOrigin.Internal);

    public void RemoveVariable(PSVariable variable, string? scope, bool force)
    {
        if (scope is null)
        {
            Call("RemoveVariable", variable, force);
        }
        else
        {
            Call("RemoveVariableAtScope", variable, scope, force);
        }
    }

    public IEnumerable<PSVariable> Variables(string? scope) => ((IDictionary<string, PSVariable>)(
        scope is null ? Call("GetVariableTable") : Call("GetVariableTableAtScope", scope))!).Values;

    public IEnumerable<AliasInfo> Aliases(string? scope) => ((IDictionary<string, AliasInfo>)(
        scope is null ? Call("GetAliasTable") : Call("GetAliasTableAtScope", scope))!).Values;

    public AliasInfo SetAlias(string name, string value, ScopedItemOptions options, string? scope, bool force)
    {
        var alias = (AliasInfo)Call("SetAliasValue", name, value, options, force, CommandOrigin.Internal)!;
        return scope is null ? alias : (AliasInfo)Call("SetAliasItemAtScope", alias, scope, force)!;
    }

    public void RemoveAlias(string name, bool force) => Call("RemoveAlias", name, force);

    private object? Call(string name, params object[] arguments)
    {
        var method = _internal.GetType().GetMethods(Members).First(m => m.Name == name && Fits(m.GetParameters(), arguments));
        try
        {
            return method.Invoke(_internal, arguments);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static bool Fits(ParameterInfo[] parameters, object[] arguments) =>
        parameters.Length == arguments.Length && parameters.Zip(arguments).All(p => p.First.ParameterType.IsInstanceOfType(p.Second));
}
