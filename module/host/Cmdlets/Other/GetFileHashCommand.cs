using System.Management.Automation;
using System.Security.Cryptography;

namespace Microsoft.PowerShell.Commands;

public sealed class FileHashInfo
{
    public string Algorithm { get; init; } = "";

    public string Hash { get; init; } = "";

    public string? Path { get; init; }
}

[Cmdlet(VerbsCommon.Get, "FileHash", DefaultParameterSetName = "Path")]
public sealed class GetFileHashCommand : ProviderCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "Stream")]
    public Stream? InputStream { get; set; }

    [Parameter(Position = 1)]
    [ValidateSet("SHA1", "SHA256", "SHA384", "SHA512", "MD5")]
    public string Algorithm { get; set; } = "SHA256";

    protected override void ProcessRecord()
    {
        if (InputStream is not null)
        {
            WriteObject(Hash(InputStream, null));
            return;
        }

        foreach (var file in (Literal ? LiteralPath : Path).SelectMany(p => FilePaths(p, Literal)))
        {
            if (Directory.Exists(file))
            {
                continue;
            }

            if (!File.Exists(file))
            {
                WriteError(new(NotFound(file).Exception, "FileNotFound", ErrorCategory.ObjectNotFound, file));
                continue;
            }

            Try(() =>
            {
                using var stream = File.OpenRead(file);
                WriteObject(Hash(stream, file));
            }, file);
        }
    }

    private FileHashInfo Hash(Stream stream, string? path) => new()
    {
        Algorithm = Algorithm.ToUpperInvariant(),
        Hash = Convert.ToHexString(CryptographicOperations.HashData(new HashAlgorithmName(Algorithm.ToUpperInvariant()), stream)),
        Path = path,
    };
}
