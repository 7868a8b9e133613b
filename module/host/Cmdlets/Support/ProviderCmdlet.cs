using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>A cmdlet on the public provider intrinsics: what they throw for one path becomes a non-terminating error.</summary>
public abstract class ProviderCmdlet : PSCmdlet
{
    protected bool Literal => ParameterSetName.StartsWith("Literal", StringComparison.Ordinal);

    /// <summary>True if <paramref name="action"/> ran without an error.</summary>
    protected bool Try(Action action, object? target = null)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception error) when (error is RuntimeException and not PipelineStoppedException && error is IContainsErrorRecord container)
        {
            WriteError(new(container.ErrorRecord, error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            WriteError(new(error, error.GetType().Name, Category(error), target));
        }

        return false;
    }

    /// <summary>Full paths of the file system; wildcards are resolved unless the path is literal.</summary>
    protected IEnumerable<string> FilePaths(string path, bool literal)
    {
        if (literal || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)];
        }

        return SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
    }

    protected bool IsFileSystem(string path)
    {
        SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem";
    }

    protected static ErrorRecord NotFound(string path) => new(
        new ItemNotFoundException($"Cannot find path '{path}' because it does not exist."), "PathNotFound", ErrorCategory.ObjectNotFound, path);

    protected static bool Matches(string name, string[]? patterns) =>
        patterns is not null && patterns.Any(p => new WildcardPattern(p, WildcardOptions.IgnoreCase).IsMatch(name));

    private static ErrorCategory Category(Exception error) => error switch
    {
        UnauthorizedAccessException => ErrorCategory.PermissionDenied,
        FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
        IOException => ErrorCategory.WriteError,
        _ => ErrorCategory.InvalidArgument,
    };
}

/// <summary>-Path takes wildcards, -LiteralPath (which PSPath binds to) does not.</summary>
public abstract class PathCmdlet : ProviderCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    protected string[] Paths => Literal ? LiteralPath : Path;
}
