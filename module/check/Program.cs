using MirrorBackup.Check;

// Usage: mbcheck [--tests] file...
// With --tests the rules for module code (no Write-Host, approved verbs) do not apply to the files that follow.
var findings = new List<Finding>();
using var framework = new Framework(Path.Combine(AppContext.BaseDirectory, "reference"));
var isModule = true;
var count = 0;
foreach (var argument in args)
{
    if (argument is "--tests" or "--module")
    {
        isModule = argument == "--module";
        continue;
    }

    count++;
    var script = Script.Read(argument);
    findings.AddRange(EncodingRule.Check(script));
    findings.AddRange(SyntaxRule.Check(script));
    findings.AddRange(TypeRule.Check(script, framework));
    findings.AddRange(CommandRule.Check(script, isModule));
    if (isModule)
    {
        findings.AddRange(VerbRule.Check(script));
    }
}

foreach (var finding in findings.DistinctBy(f => f.ToString()).OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line))
{
    Console.WriteLine(finding);
}

Console.Error.WriteLine(findings.Count == 0 ? $"{count} files fit Windows PowerShell 5.1." : $"{findings.Count} findings in {count} files.");
return findings.Count == 0 ? 0 : 1;
