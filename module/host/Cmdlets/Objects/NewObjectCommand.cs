using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.New, "Object", DefaultParameterSetName = "Net")]
public sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object?[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void ProcessRecord()
    {
        var custom = TypeName.ToLowerInvariant() is "psobject" or "pscustomobject" or "system.management.automation.psobject";
        var result = custom ? new PSObject() : PSObject.AsPSObject(Create());
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            var name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (custom)
            {
                result.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
            else if (result.Properties[name] is { } property)
            {
                property.Value = entry.Value;
            }
            else
            {
                WriteError(new(
                    new PSArgumentException($"The member \"{name}\" was not found for the specified object."), "InvalidOperationException", ErrorCategory.InvalidOperation, name));
            }
        }

        WriteObject(result);
    }

    private object Create()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            Fail(new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."), "TypeNotFound,", ErrorCategory.InvalidType);
        }

        // PowerShell's own binder picks the constructor, so arguments convert as in [Type]::new(...).
        var arguments = ArgumentList.Select(a => a is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : a).ToArray();
        try
        {
            var script = InvokeCommand.NewScriptBlock("param($type, $arguments) $type::new.Invoke($arguments)");
            return arguments.Length == 0 ? Activator.CreateInstance(type)! : script.Invoke(type, arguments)[0];
        }
        catch (RuntimeException error) when (error.InnerException is not null)
        {
            Fail(error.InnerException, "ConstructorInvokedThrowException", ErrorCategory.InvalidOperation);
        }
        catch (Exception error) when (error is MissingMethodException or TargetInvocationException)
        {
            Fail(error is TargetInvocationException { InnerException: { } inner } ? inner : new PSArgumentException(
                $"A constructor was not found. Cannot find an appropriate constructor for type {TypeName}."), "CannotFindAppropriateCtor", ErrorCategory.ObjectNotFound);
        }

        throw new InvalidOperationException();
    }

    private void Fail(Exception error, string id, ErrorCategory category) => ThrowTerminatingError(new(error, id.TrimEnd(','), category, TypeName));
}
