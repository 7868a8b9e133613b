using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

internal static class Upstream
{
    /// <summary>
    /// The exception that ends the commands before <paramref name="cmdlet"/> in a pipeline, running their
    /// clean-up. The engine handles exactly this internal type; no public call does the same
    /// (https://github.com/PowerShell/PowerShell/issues/3821).
    /// </summary>
    public static Exception Stop(PSCmdlet cmdlet)
    {
        var type = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        var flags = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;
        return (Exception)Activator.CreateInstance(type, flags, null, [cmdlet], null)!;
    }
}
