using System.Management.Automation.Language;
using System.Reflection;

namespace MirrorBackup.Check;

/// <summary>Types, static members and constructors that .NET Framework 4.7.2 does not have.</summary>
internal static class TypeRule
{
    private const BindingFlags PublicStatic = BindingFlags.Public | BindingFlags.Static | BindingFlags.IgnoreCase | BindingFlags.FlattenHierarchy;

    public static IEnumerable<Finding> Check(Script script, Framework framework)
    {
        foreach (var (name, extent) in Names(script))
        {
            foreach (var type in Flatten(name).Select(Resolve).OfType<Type>().Where(IsPlatformType))
            {
                if (framework.Find(type.FullName!) is null)
                {
                    yield return Finding.At(script, extent, $"the type [{type.FullName}] is not in .NET Framework 4.7.2");
                }
            }
        }

        foreach (var member in script.All<MemberExpressionAst>().Where(m => m.Static))
        {
            if (member is { Expression: TypeExpressionAst owner, Member: StringConstantExpressionAst name }
                && Resolve(owner.TypeName) is { } type && IsPlatformType(Definition(type)) && framework.Find(Definition(type).FullName!) is { } known
                && Problem(known, name.Value, member as InvokeMemberExpressionAst) is { } problem)
            {
                yield return Finding.At(script, member.Extent, problem);
            }
        }
    }

    private static string? Problem(Type type, string member, InvokeMemberExpressionAst? call)
    {
        var count = call?.Arguments?.Count ?? 0;
        if (member.Equals("new", StringComparison.OrdinalIgnoreCase))
        {
            var fits = (count == 0 && type.IsValueType) || type.GetConstructors().Any(c => Fits(c, count));
            return fits ? null : $"[{type.FullName}] has no constructor with {count} arguments in .NET Framework 4.7.2";
        }

        var members = type.GetMember(member, PublicStatic);
        if (members.Length == 0)
        {
            return $"[{type.FullName}]::{member} is not in .NET Framework 4.7.2";
        }

        return call is null || members.OfType<MethodInfo>().Any(m => Fits(m, count)) || members.Any(m => m is not MethodInfo)
            ? null
            : $"[{type.FullName}]::{member} with {count} arguments is not in .NET Framework 4.7.2";
    }

    private static bool Fits(MethodBase method, int count)
    {
        var parameters = method.GetParameters();
        var isOpen = parameters.LastOrDefault()?.CustomAttributes.Any(a => a.AttributeType.Name == nameof(ParamArrayAttribute)) == true;
        var required = parameters.Count(p => !p.IsOptional) - (isOpen ? 1 : 0);
        return count >= required && (isOpen || count <= parameters.Length);
    }

    private static IEnumerable<(ITypeName Name, IScriptExtent Extent)> Names(Script script) =>
        script.All<TypeExpressionAst>().Select(a => (a.TypeName, a.Extent))
            .Concat(script.All<TypeConstraintAst>().Select(a => (a.TypeName, a.Extent)))
            .Concat(script.All<AttributeAst>().Select(a => (a.TypeName, a.Extent)))
            .Concat(script.All<CommandAst>().Where(IsNewObject).Select(TypeArgument).OfType<StringConstantExpressionAst>()
                .Select(a => ((ITypeName)new TypeName(a.Extent, a.Value), a.Extent)));

    private static bool IsNewObject(CommandAst command) => command.GetCommandName()?.Equals("New-Object", StringComparison.OrdinalIgnoreCase) == true;

    private static Ast? TypeArgument(CommandAst command) => command.CommandElements.Skip(1)
        .SkipWhile(e => e is CommandParameterAst p && "TypeName".StartsWith(p.ParameterName, StringComparison.OrdinalIgnoreCase)).FirstOrDefault();

    // Generic types are checked with their arguments, arrays by their elements.
    private static IEnumerable<ITypeName> Flatten(ITypeName name) => name switch
    {
        GenericTypeName generic => generic.GenericArguments.SelectMany(Flatten).Prepend(name),
        ArrayTypeName array => Flatten(array.ElementType),
        _ => [name],
    };

    private static Type? Resolve(ITypeName name)
    {
        try
        {
            return (name.GetReflectionType() ?? name.GetReflectionAttributeType()) is { } type ? Definition(type) : null;
        }
        catch (Exception error) when (error is System.Management.Automation.RuntimeException or TypeLoadException or FileNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    // Classes the script defines itself have no assembly on disk.
    private static bool IsPlatformType(Type type) => !type.Assembly.IsDynamic && type.Assembly != typeof(TypeRule).Assembly;
}
