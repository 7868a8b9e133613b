using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

public abstract class MeasureInfo
{
    public string? Property { get; init; }
}

public sealed class GenericMeasureInfo : MeasureInfo
{
    public int Count { get; init; }

    public double? Average { get; init; }

    public double? Sum { get; init; }

    public double? Maximum { get; init; }

    public double? Minimum { get; init; }

    public double? StandardDeviation { get; init; }
}

/// <summary>-Minimum and -Maximum without -Sum or -Average work on anything that has an order.</summary>
public sealed class GenericObjectMeasureInfo : MeasureInfo
{
    public int Count { get; init; }

    public double? Average { get; init; }

    public double? Sum { get; init; }

    public object? Maximum { get; init; }

    public object? Minimum { get; init; }

    public double? StandardDeviation { get; init; }
}

public sealed class TextMeasureInfo : MeasureInfo
{
    public int? Lines { get; init; }

    public int? Words { get; init; }

    public int? Characters { get; init; }
}

[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = "GenericMeasure")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<object?> _values = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object? Property { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Sum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Average { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Maximum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Minimum { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter StandardDeviation { get; set; }

    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter AllStats { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Line { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Word { get; set; }

    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Character { get; set; }

    private string? PropertyName => Property?.ToString();

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (Property is null)
        {
            _values.Add(InputObject.BaseObject);
            return;
        }

        var spec = PropertySpec.ParseAll([Property])![0];
        if (spec.ValueOf(InputObject) is { } value)
        {
            _values.Add(value);
        }
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "TextMeasure")
        {
            WriteObject(MeasureText());
        }
        else if (!Sum && !Average && !StandardDeviation && !AllStats && (Maximum || Minimum) && !_values.All(IsNumber))
        {
            var comparer = new ValueComparer(false);
            WriteObject(new GenericObjectMeasureInfo
            {
                Property = PropertyName,
                Count = _values.Count,
                Maximum = Maximum ? _values.Max(comparer) : null,
                Minimum = Minimum ? _values.Min(comparer) : null,
            });
        }
        else
        {
            WriteObject(MeasureNumbers());
        }
    }

    private GenericMeasureInfo MeasureNumbers()
    {
        var needed = Sum || Average || Maximum || Minimum || StandardDeviation || AllStats;
        var numbers = needed ? _values.SelectMany(Number).ToList() : [];
        double? If(bool wanted, Func<double> compute) => (wanted || AllStats) && numbers.Count > 0 ? compute() : null;
        return new()
        {
            Property = PropertyName,
            Count = needed ? numbers.Count : _values.Count,
            Sum = If(Sum, numbers.Sum),
            Average = If(Average, numbers.Average),
            Maximum = If(Maximum, numbers.Max),
            Minimum = If(Minimum, numbers.Min),
            StandardDeviation = If(StandardDeviation, () => Deviation(numbers)),
        };
    }

    private TextMeasureInfo MeasureText()
    {
        var texts = _values.Select(v => LanguagePrimitives.ConvertTo<string>(v)).ToList();
        return new()
        {
            Property = PropertyName,
            Lines = Line ? texts.Sum(t => t.Length == 0 ? 0 : t.Split('\n').Length) : null,
            Words = Word ? texts.Sum(t => t.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length) : null,
            Characters = Character ? texts.Sum(t => t.Length) : null,
        };
    }

    private IEnumerable<double> Number(object? value)
    {
        if (LanguagePrimitives.TryConvertTo<double>(value, out var number))
        {
            return [number];
        }

        WriteError(new(
            new PSInvalidCastException($"Input object \"{value}\" is not numeric."), "NonNumericInputObject", ErrorCategory.InvalidType, value));
        return [];
    }

    private static bool IsNumber(object? value) => value is IConvertible and not (string or DateTime or bool or char or Enum);

    private static double Deviation(List<double> numbers)
    {
        var average = numbers.Average();
        return numbers.Count < 2 ? 0 : Math.Sqrt(numbers.Sum(n => (n - average) * (n - average)) / (numbers.Count - 1));
    }
}
