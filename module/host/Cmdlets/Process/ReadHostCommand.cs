using System.Management.Automation;
using System.Runtime.InteropServices;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommunications.Read, "Host", DefaultParameterSetName = "AsString")]
public sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [AllowNull]
    public object? Prompt { get; set; }

    [Parameter(ParameterSetName = "AsSecureString")]
    public SwitchParameter AsSecureString { get; set; }

    [Parameter(ParameterSetName = "AsString")]
    public SwitchParameter MaskInput { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            if (Prompt is not null)
            {
                var items = LanguagePrimitives.GetEnumerable(Prompt)?.Cast<object?>() ?? [Prompt];
                Host.UI.Write(string.Join(' ', items.Select(LanguagePrimitives.ConvertTo<string>)) + ": ");
            }

            if (AsSecureString)
            {
                WriteObject(Host.UI.ReadLineAsSecureString());
            }
            else if (MaskInput)
            {
                WriteObject(Marshal.PtrToStringBSTR(Marshal.SecureStringToBSTR(Host.UI.ReadLineAsSecureString())));
            }
            else
            {
                WriteObject(Host.UI.ReadLine());
            }
        }
        catch (Exception error) when (error is PSInvalidOperationException or System.Management.Automation.Host.HostException)
        {
            var record = ((IContainsErrorRecord)error).ErrorRecord;
            ThrowTerminatingError(new(error, record.FullyQualifiedErrorId, record.CategoryInfo.Category, null));
        }
    }
}
