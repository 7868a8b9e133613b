using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MirrorBackup.Host.Running;

/// <summary>Shows a terminating error with the view of $ErrorView, as pwsh does.</summary>
internal static class ErrorReport
{
    public static void Show(Runspace runspace, ConsoleHost host, RuntimeException error)
    {
        // The note tells Out-Default to write to the error stream.
        var record = new PSObject(error.ErrorRecord);
        record.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        try
        {
            using var shell = PowerShell.Create(runspace);
            shell.AddCommand("Out-Default").Invoke(new[] { record });
        }
        catch (RuntimeException)
        {
            host.UI.WriteErrorLine(error.ErrorRecord.ToString());
        }
    }
}
