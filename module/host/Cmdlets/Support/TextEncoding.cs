using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>Turns the names of -Encoding into encodings.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EncodingArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            Encoding encoding => encoding,
            int page => Encoding.GetEncoding(page),
            string name => Named(name),
            _ => inputData,
        };
    }

    private static Encoding Named(string name)
    {
        switch (name.ToLowerInvariant())
        {
            case "utf8" or "utf8nobom" or "utf-8" or "default": return TextEncoding.Default;
            case "utf8bom": return new UTF8Encoding(true);
            case "unicode" or "utf16": return Encoding.Unicode;
            case "bigendianunicode": return Encoding.BigEndianUnicode;
            case "utf32": return Encoding.UTF32;
            case "bigendianutf32": return new UTF32Encoding(true, true);
            case "ascii": return Encoding.ASCII;
            case "ansi" or "oem": return Encoding.Latin1;
        }

        try
        {
            return int.TryParse(name, CultureInfo.InvariantCulture, out var page) ? Encoding.GetEncoding(page) : Encoding.GetEncoding(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ArgumentTransformationMetadataException($"'{name}' is not a supported encoding name.");
        }
    }
}

internal static class TextEncoding
{
    public static Encoding Default { get; } = new UTF8Encoding(false);
}
