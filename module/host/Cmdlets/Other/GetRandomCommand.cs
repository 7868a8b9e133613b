using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "Number")]
public sealed class GetRandomCommand : PSCmdlet
{
    private static Random s_random = Random.Shared;
    private readonly List<object?> _items = [];

    [Parameter]
    public int? SetSeed { get; set; }

    [Parameter(Position = 0, ParameterSetName = "Number")]
    public object? Maximum { get; set; }

    [Parameter(ParameterSetName = "Number")]
    public object? Minimum { get; set; }

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "List")]
    [AllowNull]
    public object?[]? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    [Parameter(ParameterSetName = "Shuffle")]
    public SwitchParameter Shuffle { get; set; }

    protected override void BeginProcessing() => s_random = SetSeed is { } seed ? new(seed) : s_random;

    protected override void ProcessRecord() => _items.AddRange(InputObject ?? []);

    protected override void EndProcessing()
    {
        if (ParameterSetName == "List")
        {
            var all = _items.ToArray();
            s_random.Shuffle(all);
            WriteObject(all.Take(Count), enumerateCollection: true);
            return;
        }

        for (var i = 0; i < Count; i++)
        {
            WriteObject(Next());
        }
    }

    private object Next()
    {
        var (low, high) = (Plain(Minimum), Plain(Maximum));
        if (low is double || high is double)
        {
            var from = LanguagePrimitives.ConvertTo<double>(low ?? 0);
            var to = LanguagePrimitives.ConvertTo<double>(high ?? double.MaxValue);
            return from + (s_random.NextDouble() * (to - from));
        }

        var (first, end) = (LanguagePrimitives.ConvertTo<long>(low ?? 0), LanguagePrimitives.ConvertTo<long>(high ?? int.MaxValue));
        if (first >= end)
        {
            ThrowTerminatingError(new(
                new ArgumentException($"The Minimum value ({first}) cannot be greater than or equal to the Maximum value ({end})."),
                "MinGreaterThanOrEqualMax", ErrorCategory.InvalidArgument, null));
        }

        var result = s_random.NextInt64(first, end);
        return result is >= int.MinValue and <= int.MaxValue ? (int)result : result;
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
