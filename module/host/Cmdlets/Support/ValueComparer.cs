using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>PowerShell's order: null first, then as -lt would say, else by text.</summary>
internal sealed class ValueComparer(bool caseSensitive) : IComparer<object?>, IEqualityComparer<object?>
{
    public int Compare(object? left, object? right)
    {
        left = Base(left);
        right = Base(right);
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        if (LanguagePrimitives.TryCompare(left, right, !caseSensitive, out var result))
        {
            return result;
        }

        return string.Compare(
            LanguagePrimitives.ConvertTo<string>(left),
            LanguagePrimitives.ConvertTo<string>(right),
            caseSensitive ? StringComparison.InvariantCulture : StringComparison.InvariantCultureIgnoreCase);
    }

    public new bool Equals(object? left, object? right) => Compare(left, right) == 0;

    // Values of different types can be equal (1 and "1"), so the text decides about the bucket.
    public int GetHashCode(object? value) =>
        StringComparer.OrdinalIgnoreCase.GetHashCode(LanguagePrimitives.ConvertTo<string>(Base(value)) ?? "");

    private static object? Base(object? value) => value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
}
