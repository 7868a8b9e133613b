using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
public sealed class InvokeExpressionCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Command { get; set; } = "";

    protected override void ProcessRecord()
    {
        var script = InvokeCommand.NewScriptBlock(Command);
        WriteObject(InvokeCommand.InvokeScript(false, script, null), enumerateCollection: true);
    }
}
