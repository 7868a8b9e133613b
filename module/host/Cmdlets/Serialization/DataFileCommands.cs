using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.Import, "PowerShellDataFile", DefaultParameterSetName = "Path")]
public sealed class ImportPowerShellDataFileCommand : PathCmdlet
{
    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Try(() => FilePaths(path, Literal).ToList().ForEach(file => WriteObject(Read(file))), path);
        }
    }

    private Hashtable Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new ItemNotFoundException($"Cannot find path '{file}' because it does not exist.");
        }

        var tree = Parser.ParseFile(file, out _, out var errors);
        if (errors.Length > 0 || tree.Find(a => a is HashtableAst, false) is not HashtableAst table)
        {
            throw new PSInvalidOperationException($"The file '{file}' could not be loaded as a PowerShell data file.");
        }

        // SafeGetValue refuses anything that would have to run.
        return (Hashtable)table.SafeGetValue();
    }
}

[Cmdlet(VerbsData.ConvertFrom, "StringData")]
public sealed class ConvertFromStringDataCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string StringData { get; set; } = "";

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = '=';

    protected override void ProcessRecord()
    {
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var line in StringData.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.Split(Delimiter, 2) is not [var name, var value])
            {
                throw new PSInvalidOperationException($"Data line '{line}' is not in 'name=value' format.");
            }

            table.Add(name.Trim(), Regex.Unescape(value.Trim()));
        }

        WriteObject(table);
    }
}

[Cmdlet(VerbsData.Import, "LocalizedData")]
public sealed class ImportLocalizedDataCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [Alias("Variable")]
    public string? BindingVariable { get; set; }

    [Parameter(Position = 1)]
    public string? UICulture { get; set; }

    [Parameter]
    public string? BaseDirectory { get; set; }

    [Parameter]
    public string? FileName { get; set; }

    [Parameter]
    public string[] SupportedCommand { get; set; } = [];

    protected override void ProcessRecord()
    {
        var script = MyInvocation.PSCommandPath;
        var folder = BaseDirectory ?? System.IO.Path.GetDirectoryName(script) ?? ".";
        var name = System.IO.Path.GetFileNameWithoutExtension(FileName ?? script) + ".psd1";
        var culture = new CultureInfo(UICulture ?? CultureInfo.CurrentUICulture.Name);
        for (; ; culture = culture.Parent)
        {
            var file = System.IO.Path.Combine(folder, culture.Name, name);
            if (File.Exists(file))
            {
                Give(InvokeCommand.InvokeScript(File.ReadAllText(file)).FirstOrDefault());
                return;
            }

            if (culture.Name.Length == 0)
            {
                break;
            }
        }

        // As pwsh: a culture nobody translated for falls back to American English.
        var fallback = System.IO.Path.Combine(folder, "en-US", name);
        if (File.Exists(fallback))
        {
            Give(InvokeCommand.InvokeScript(File.ReadAllText(fallback)).FirstOrDefault());
            return;
        }

        WriteError(new(
            new PSInvalidOperationException($"Cannot find the PowerShell data file '{name}' in directory '{folder}', or in any parent culture directories."),
            "ImportLocalizedData", ErrorCategory.ObjectNotFound, name));
    }

    private void Give(object? data)
    {
        if (BindingVariable is null)
        {
            WriteObject(data);
        }
        else
        {
            SessionState.PSVariable.Set(BindingVariable, data is PSObject wrapped ? wrapped.BaseObject : data);
        }
    }
}
