using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-Object's -Property, -ExcludeProperty and -ExpandProperty, applied to one object at a time.</summary>
internal sealed class Projection(object[]? include, string[]? exclude, string? expand, Action<ErrorRecord> report)
{
    private readonly PropertySpec[]? _include = PropertySpec.ParseAll(include ?? (expand is null ? ["*"] : null));
    private readonly WildcardPattern[] _exclude = (exclude ?? []).Select(e => new WildcardPattern(e, WildcardOptions.IgnoreCase)).ToArray();
    private readonly PropertySpec? _expand = expand is null ? null : PropertySpec.ParseAll([expand])![0];

    public IEnumerable<object?> Apply(PSObject item)
    {
        if (_expand is null)
        {
            return [Project(item)];
        }

        if (!_expand.ExistsOn(item))
        {
            report(new(
                new PSArgumentException($"Property \"{expand}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
            return [];
        }

        return Expand(item, _expand.ValueOf(item));
    }

    private IEnumerable<object?> Expand(PSObject item, object? value)
    {
        foreach (var part in LanguagePrimitives.GetEnumerable(value)?.Cast<object?>() ?? [value])
        {
            if (_include is null || part is null)
            {
                yield return part;
                continue;
            }

            // The chosen properties of the outer object become notes on the inner one.
            var extended = PSObject.AsPSObject(part);
            foreach (var note in Notes(item).Where(n => extended.Properties[n.Name] is null))
            {
                extended.Properties.Add(note);
            }

            yield return extended;
        }
    }

    private PSObject Project(PSObject item)
    {
        var result = new PSObject();
        foreach (var note in Notes(item).Where(n => result.Properties[n.Name] is null))
        {
            result.Properties.Add(note);
        }

        var original = item.BaseObject is PSCustomObject ? "System.Management.Automation.PSCustomObject" : item.BaseObject.GetType().FullName;
        result.TypeNames.Insert(0, "Selected." + original);
        return result;
    }

    private IEnumerable<PSNoteProperty> Notes(PSObject item) =>
        from spec in _include!
        from found in spec.Read(item)
        where !_exclude.Any(e => e.IsMatch(found.Name))
        select new PSNoteProperty(found.Name, found.Value);
}
