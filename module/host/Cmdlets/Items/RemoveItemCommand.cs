using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
public sealed class RemoveItemCommand : PathCmdlet
{
    private bool _yesToAll;
    private bool _noToAll;

    [Parameter]
    public string? Filter { get; set; }

    [Parameter]
    public string[]? Include { get; set; }

    [Parameter]
    public string[]? Exclude { get; set; }

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() => RemoveAll(path));
        }
    }

    private void RemoveAll(string path)
    {
        // A dangling link does not "exist" for the provider's lookup, yet can be removed.
        if (IsFileSystem(path) && FilePaths(path, Literal).ToList() is [var single] && new FileInfo(single) is { LinkTarget: not null } link)
        {
            Remove(single, "Remove File", link.Delete);
            return;
        }

        foreach (var item in InvokeProvider.Item.Get([path], true, Literal))
        {
            var target = item.Properties["PSPath"].Value.ToString()!;
            var name = item.Properties["PSChildName"]?.Value?.ToString() ?? target;
            if ((Filter is not null && !Matches(name, [Filter])) || (Include is not null && !Matches(name, Include)) || Matches(name, Exclude))
            {
                continue;
            }

            var container = item.Properties["PSIsContainer"]?.Value is true;
            var shown = item.BaseObject is FileSystemInfo info ? info.FullName : name;
            if (container && !Recurse && item.BaseObject is DirectoryInfo { LinkTarget: null } && InvokeProvider.ChildItem.HasChild(target, true, true)
                && !ShouldContinue(
                    $"The item at {shown} has children and the Recurse parameter was not specified. If you continue, all children will be removed with the item. Are you sure you want to continue?",
                    "Confirm", ref _yesToAll, ref _noToAll))
            {
                continue;
            }

            Remove(shown, container ? "Remove Directory" : item.BaseObject is FileInfo ? "Remove File" : "Remove Item",
                () => InvokeProvider.Item.Remove([target], true, Force, true));
        }
    }

    private void Remove(string target, string action, Action remove)
    {
        if (ShouldProcess(target, action))
        {
            remove();
        }
    }
}
