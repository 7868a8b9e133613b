using System.Management.Automation.Runspaces;
using System.Reflection;

namespace MirrorBackup.Host.Running;

/// <summary>
/// What pwsh's own host reads from the engine through internal members: the public API has no other way to
/// tell `exit 3` in a script file from a native command that ended with 3, or to read $? without changing it.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    public static void LetExitLeaveScriptFiles(Runspace runspace) =>
        Property(Context(runspace), "ScriptCommandProcessorShouldRethrowExit")?.SetValue(Context(runspace), true);

    public static bool LastCommandSucceeded(Runspace runspace) =>
        Property(Context(runspace), "QuestionMarkVariableValue")?.GetValue(Context(runspace)) is not false;

    /// <summary>Makes types and format files that were added to the session's state take effect.</summary>
    public static void UpdateTypesAndFormats(Runspace runspace)
    {
        foreach (var method in new[] { "UpdateTypes", "UpdateFormats" })
        {
            typeof(InitialSessionState).GetMethod(method, Instance)!.Invoke(State(runspace), [Context(runspace), false]);
        }
    }

    /// <summary>The state the runspace works with; its public property returns a copy.</summary>
    public static InitialSessionState State(Runspace runspace) =>
        (InitialSessionState)Property(Context(runspace), "InitialSessionState")!.GetValue(Context(runspace))!;

    private static object? Context(Runspace runspace) =>
        typeof(Runspace).GetProperty("ExecutionContext", Instance)?.GetValue(runspace);

    private static PropertyInfo? Property(object? target, string name) => target?.GetType().GetProperty(name, Instance);
}
