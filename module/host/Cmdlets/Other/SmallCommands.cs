using System.Globalization;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.New, "Guid")]
public sealed class NewGuidCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter Empty { get; set; }

    protected override void ProcessRecord() => WriteObject(Empty ? Guid.Empty : Guid.NewGuid());
}

[Cmdlet(VerbsCommon.Get, "Culture")]
public sealed class GetCultureCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(Host.CurrentCulture);
}

[Cmdlet(VerbsCommon.Get, "UICulture")]
public sealed class GetUICultureCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(CultureInfo.CurrentUICulture);
}

[Cmdlet(VerbsCommon.Get, "Host")]
public sealed class GetHostCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(Host);
}

[Cmdlet(VerbsCommon.Clear, "Host")]
public sealed class ClearHostCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        if (Host.UI.SupportsVirtualTerminal)
        {
            Host.UI.Write("\x1b[H\x1b[2J\x1b[3J");
        }
    }
}

[Cmdlet(VerbsCommon.New, "TemporaryFile", SupportsShouldProcess = true)]
public sealed class NewTemporaryFileCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        if (ShouldProcess(Path.GetTempPath(), "New-TemporaryFile"))
        {
            WriteObject(new FileInfo(Path.GetTempFileName()));
        }
    }
}

[Cmdlet(VerbsCommon.Get, "PSCallStack")]
public sealed class GetPSCallStackCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(InvokeCommand.NewScriptBlock("$Host.Runspace.Debugger.GetCallStack()").Invoke(), enumerateCollection: true);
}

[Cmdlet(VerbsCommon.Get, "Verb")]
public sealed class GetVerbCommand : PSCmdlet
{
    private static readonly Type[] Groups =
        [typeof(VerbsCommon), typeof(VerbsData), typeof(VerbsLifecycle), typeof(VerbsDiagnostic), typeof(VerbsCommunications), typeof(VerbsSecurity), typeof(VerbsOther)];

    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[] Verb { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        foreach (var group in Groups)
        {
            foreach (var name in group.GetFields().Select(f => f.Name).Where(n => Verb.Any(v => new WildcardPattern(v, WildcardOptions.IgnoreCase).IsMatch(n))))
            {
                var result = new PSObject();
                result.Properties.Add(new PSNoteProperty("Verb", name));
                result.Properties.Add(new PSNoteProperty("Group", group.Name["Verbs".Length..]));
                WriteObject(result);
            }
        }
    }
}

[Cmdlet(VerbsCommon.Add, "Type", DefaultParameterSetName = "FromSource")]
public sealed class AddTypeCommand : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "FromSource")]
    public string? TypeDefinition { get; set; }

    [Parameter(ParameterSetName = "FromAssemblyName")]
    [Alias("AN")]
    public string[] AssemblyName { get; set; } = [];

    [Parameter(ParameterSetName = "FromPath")]
    public string[] Path { get; set; } = [];

    [Parameter(ValueFromRemainingArguments = true)]
    public object[]? Rest { get; set; }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "FromSource")
        {
            ThrowTerminatingError(new(
                new PSNotSupportedException("Add-Type cannot compile source code in this host: it has no compiler. Use PowerShell 7."),
                "AddTypeNotSupported", ErrorCategory.NotImplemented, null));
        }

        Array.ForEach(AssemblyName, name => System.Reflection.Assembly.Load(name));
        Array.ForEach(Path, path => System.Reflection.Assembly.LoadFrom(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)));
    }
}
