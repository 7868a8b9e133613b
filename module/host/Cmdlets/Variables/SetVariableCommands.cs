using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
public sealed class SetVariableCommand : VariableCmdlet
{
    private readonly List<object?> _values = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public string? Description { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _values.Add(Value);

    protected override void EndProcessing()
    {
        var value = _values.Count == 1 ? _values[0] : _values.ToArray();
        foreach (var name in Name.Where(n => ShouldProcess($"Name: {n} Value: {value}", "Set variable")))
        {
            Try(() => Set(name, value), name);
        }
    }

    private void Set(string name, object? value)
    {
        var existing = Scopes.GetVariable(name, Scope ?? "local");
        if (existing is null || Force || Bound(nameof(Option)))
        {
            existing = new(name, value, Option) { Description = Description ?? "" };
            Scopes.SetVariable(existing, Scope, Force);
        }
        else
        {
            existing.Value = value;
            existing.Description = Description ?? existing.Description;
        }

        if (PassThru)
        {
            WriteObject(existing);
        }
    }

    private bool Bound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}

[Cmdlet(VerbsCommon.New, "Variable", SupportsShouldProcess = true)]
public sealed class NewVariableCommand : VariableCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public string? Description { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!Force && Scopes.GetVariable(Name, Scope ?? "local") is not null)
        {
            WriteError(new(
                new SessionStateException($"A variable with name '{Name}' already exists."), "VariableAlreadyExists", ErrorCategory.ResourceExists, Name));
        }
        else if (ShouldProcess($"Name: {Name} Value: {Value}", "New variable"))
        {
            Try(() =>
            {
                var variable = new PSVariable(Name, Value, Option) { Description = Description ?? "" };
                Scopes.SetVariable(variable, Scope, Force);
                if (PassThru)
                {
                    WriteObject(variable);
                }
            }, Name);
        }
    }
}
