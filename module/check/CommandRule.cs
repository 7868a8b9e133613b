using System.Management.Automation.Language;

namespace MirrorBackup.Check;

/// <summary>Commands and parameters of PowerShell 7 only, and what module code should not use.</summary>
internal static class CommandRule
{
    // https://learn.microsoft.com/powershell/scripting/whats-new/differences-from-windows-powershell
    private static readonly HashSet<string> NewCommands = new(StringComparer.OrdinalIgnoreCase)
    {
        "Test-Json", "Join-String", "Get-Uptime", "Get-Error", "Remove-Alias", "ConvertFrom-Markdown", "Show-Markdown", "Get-SecureRandom", "ConvertTo-CliXml", "ConvertFrom-CliXml",
    };

    private static readonly Dictionary<string, string[]> NewParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ConvertFrom-Json"] = ["AsHashtable", "NoEnumerate", "Depth", "DateKind"],
        ["ConvertTo-Json"] = ["AsArray", "EnumsAsStrings", "EscapeHandling"],
        ["ForEach-Object"] = ["Parallel", "ThrottleLimit", "AsJob", "TimeoutSeconds"],
        ["Get-Content"] = ["AsByteStream"],
        ["Set-Content"] = ["AsByteStream"],
        ["Add-Content"] = ["AsByteStream"],
        ["Split-Path"] = ["LeafBase", "Extension"],
        ["Join-Path"] = ["AdditionalChildPath"],
        ["Select-Object"] = ["CaseInsensitive"],
        ["Sort-Object"] = ["Stable", "Top", "Bottom"],
        ["Get-ChildItem"] = ["FollowSymlink"],
        ["Get-Date"] = ["AsUTC", "UnixTimeSeconds"],
        ["Start-Sleep"] = ["Duration"],
        ["Select-String"] = ["Raw", "NoEmphasis", "Culture"],
        ["Export-Csv"] = ["UseQuotes", "QuoteFields", "NoHeader"],
        ["ConvertTo-Csv"] = ["UseQuotes", "QuoteFields", "NoHeader"],
        ["Measure-Object"] = ["StandardDeviation", "AllStats"],
        ["Get-Random"] = ["Shuffle"],
        ["Write-Information"] = [],
        ["Read-Host"] = ["MaskInput"],
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["%"] = "ForEach-Object", ["?"] = "Where-Object", ["foreach"] = "ForEach-Object", ["where"] = "Where-Object", ["select"] = "Select-Object",
        ["sort"] = "Sort-Object", ["group"] = "Group-Object", ["measure"] = "Measure-Object", ["gci"] = "Get-ChildItem", ["ls"] = "Get-ChildItem",
        ["dir"] = "Get-ChildItem", ["gi"] = "Get-Item", ["gc"] = "Get-Content", ["cat"] = "Get-Content", ["type"] = "Get-Content", ["cd"] = "Set-Location",
        ["sl"] = "Set-Location", ["pwd"] = "Get-Location", ["echo"] = "Write-Output", ["write"] = "Write-Output", ["rm"] = "Remove-Item", ["del"] = "Remove-Item",
        ["ri"] = "Remove-Item", ["cp"] = "Copy-Item", ["copy"] = "Copy-Item", ["mv"] = "Move-Item", ["move"] = "Move-Item", ["ren"] = "Rename-Item",
        ["md"] = "New-Item", ["ni"] = "New-Item", ["ft"] = "Format-Table", ["fl"] = "Format-List", ["fw"] = "Format-Wide", ["gm"] = "Get-Member",
        ["gv"] = "Get-Variable", ["sv"] = "Set-Variable", ["iex"] = "Invoke-Expression", ["icm"] = "Invoke-Command", ["ipmo"] = "Import-Module",
        ["gcm"] = "Get-Command", ["gps"] = "Get-Process", ["ps"] = "Get-Process", ["kill"] = "Stop-Process", ["sleep"] = "Start-Sleep", ["tee"] = "Tee-Object",
        ["sls"] = "Select-String", ["pushd"] = "Push-Location", ["popd"] = "Pop-Location", ["diff"] = "Compare-Object", ["compare"] = "Compare-Object", ["oh"] = "Out-Host",
    };

    public static IEnumerable<Finding> Check(Script script, bool isModule)
    {
        foreach (var command in script.All<CommandAst>())
        {
            if (command.GetCommandName() is not { } name)
            {
                continue;
            }

            if (NewCommands.Contains(name))
            {
                yield return Finding.At(script, command.Extent, $"{name} is not in 5.1");
            }

            foreach (var parameter in NewParametersOf(command, name))
            {
                yield return Finding.At(script, parameter.Extent, $"{name} has no -{parameter.ParameterName} in 5.1");
            }

            if (name.Equals("Join-Path", StringComparison.OrdinalIgnoreCase) && Positional(command) > 2)
            {
                yield return Finding.At(script, command.Extent, "Join-Path takes two parts in 5.1");
            }

            if (Aliases.TryGetValue(name, out var full))
            {
                yield return Finding.At(script, command.Extent, $"the alias {name}: write {full}");
            }

            if (isModule && name.Equals("Write-Host", StringComparison.OrdinalIgnoreCase))
            {
                yield return Finding.At(script, command.Extent, "Write-Host: its text cannot be captured; use a stream");
            }
        }
    }

    private static IEnumerable<CommandParameterAst> NewParametersOf(CommandAst command, string name) =>
        NewParameters.TryGetValue(name, out var banned)
            ? command.CommandElements.OfType<CommandParameterAst>().Where(p => banned.Contains(p.ParameterName, StringComparer.OrdinalIgnoreCase))
            : [];

    // -Path and -ChildPath count as the parts they are; -Resolve and other switches take no value.
    private static int Positional(CommandAst command)
    {
        var parts = 0;
        var switches = command.CommandElements.OfType<CommandParameterAst>().Count(p => p.Argument is not null);
        foreach (var element in command.CommandElements.Skip(1))
        {
            parts += element is CommandParameterAst ? 0 : 1;
        }

        return parts + switches;
    }
}
