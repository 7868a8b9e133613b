using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace MirrorBackup.Check;

/// <summary>Functions in Public/ are cmdlets: their verbs must be approved, or Import-Module warns.</summary>
internal static class VerbRule
{
    // Verbs that came with PowerShell 6 and 7: importing a module with one warns in 5.1.
    private static readonly string[] NewVerbs = ["Build", "Deploy"];

    private static readonly HashSet<string> Approved = new(
        new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity) }
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => f.Name).Except(NewVerbs),
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<Finding> Check(Script script)
    {
        if (Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(script.Name))) != "Public")
        {
            return [];
        }

        // Only what the file exports: helpers inside functions are free.
        return script.Tree.FindAll(a => a is FunctionDefinitionAst, false).Cast<FunctionDefinitionAst>()
            .Where(f => f.Name.Contains('-', StringComparison.Ordinal) && !Approved.Contains(f.Name.Split('-')[0]))
            .Select(f => Finding.At(script, f.Extent, $"the verb of {f.Name} is not approved in 5.1"));
    }
}
