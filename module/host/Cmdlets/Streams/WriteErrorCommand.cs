using System.Management.Automation;
using System.Reflection;

namespace Microsoft.PowerShell.Commands;

/// <summary>The name is part of the public contract: it is the default FullyQualifiedErrorId of Write-Error.</summary>
public class WriteErrorException(string message) : SystemException(message);

[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
public sealed class WriteErrorCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    [Alias("Msg"), AllowNull, AllowEmptyString]
    public string? Message { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "WithException")]
    public Exception? Exception { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ErrorRecord")]
    public ErrorRecord? ErrorRecord { get; set; }

    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")]
    public ErrorCategory Category { get; set; }

    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")]
    public string? ErrorId { get; set; }

    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "WithException")]
    public object? TargetObject { get; set; }

    [Parameter]
    public string? RecommendedAction { get; set; }

    [Parameter]
    [Alias("Activity")]
    public string? CategoryActivity { get; set; }

    [Parameter]
    [Alias("Reason")]
    public string? CategoryReason { get; set; }

    [Parameter]
    [Alias("TargetName")]
    public string? CategoryTargetName { get; set; }

    [Parameter]
    [Alias("TargetType")]
    public string? CategoryTargetType { get; set; }

    protected override void ProcessRecord()
    {
        var record = ErrorRecord is not null ? new ErrorRecord(ErrorRecord, null) : Create();
        if (RecommendedAction is not null)
        {
            record.ErrorDetails ??= new(record.Exception.Message);
            record.ErrorDetails.RecommendedAction = RecommendedAction;
        }

        record.CategoryInfo.Activity = CategoryActivity ?? record.CategoryInfo.Activity;
        record.CategoryInfo.Reason = CategoryReason ?? record.CategoryInfo.Reason;
        record.CategoryInfo.TargetName = CategoryTargetName ?? record.CategoryInfo.TargetName;
        record.CategoryInfo.TargetType = CategoryTargetType ?? record.CategoryInfo.TargetType;
        WriteAsCaller(record);
    }

    private ErrorRecord Create()
    {
        var exception = Exception ?? new WriteErrorException(Message ?? "");
        var record = new ErrorRecord(exception, ErrorId ?? exception.GetType().FullName, Category, TargetObject);
        if (Exception is not null && !string.IsNullOrEmpty(Message))
        {
            record.ErrorDetails = new(Message);
        }

        return record;
    }

    // An advanced function that calls Write-Error is the one that failed: the record carries its
    // invocation, so its name ends the error id and its line is shown.
    private void WriteAsCaller(ErrorRecord record)
    {
        if (GetVariableValue("MyInvocation") is InvocationInfo { MyCommand: not null } caller)
        {
            const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;
            typeof(ErrorRecord).GetMethod("SetInvocationInfo", Internal)?.Invoke(record, [caller]);
            typeof(ErrorRecord).GetProperty("PreserveInvocationInfoOnce", Internal)?.SetValue(record, true);
            record.CategoryInfo.Activity = CategoryActivity ?? "Write-Error";
        }

        WriteError(record);
    }
}
