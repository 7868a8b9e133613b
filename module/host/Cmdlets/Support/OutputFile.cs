using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>Opening a file to write text into, with PowerShell's errors.</summary>
internal static class OutputFile
{
    public static string Resolve(PSCmdlet cmdlet, string path) => cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    public static StreamWriter Open(PSCmdlet cmdlet, string path, bool append, bool noClobber, bool force, Encoding encoding)
    {
        try
        {
            var file = new FileInfo(path);
            if (noClobber && !append && file.Exists)
            {
                throw new IOException($"The file '{path}' already exists.");
            }

            if (force && file is { Exists: true, IsReadOnly: true })
            {
                file.IsReadOnly = false;
            }

            return new(new FileStream(path, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read), encoding);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var (id, category) = noClobber && error is IOException ? ("NoClobber", ErrorCategory.ResourceExists) : ("FileOpenFailure", ErrorCategory.OpenError);
            cmdlet.ThrowTerminatingError(new(error, id, category, path));
            throw;
        }
    }
}
