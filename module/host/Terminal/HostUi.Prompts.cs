using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MirrorBackup.Host.Terminal;

/// <summary>Questions: a missing mandatory parameter, a -Confirm, a credential.</summary>
internal sealed partial class HostUi
{
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireInteractive();
        Introduce(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            var type = Type.GetType(field.ParameterAssemblyFullName ?? string.Empty)
                ?? (LanguagePrimitives.TryConvertTo<Type>(field.ParameterTypeFullName, out var known) ? known : null);
            var label = string.IsNullOrEmpty(field.Label) ? field.Name : field.Label.Replace("&", "", StringComparison.Ordinal);
            answers[field.Name] = new PSObject(AskFor(label, type ?? typeof(string)));
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireInteractive();
        var keys = choices.Select(c => Key(c.Label)).ToList();
        Introduce(caption, message);
        while (true)
        {
            Write(string.Join("  ", choices.Zip(keys, (c, k) => $"[{k}] {c.Label.Replace("&", "", StringComparison.Ordinal)}")) + "  [?] Help");
            Write(defaultChoice >= 0 ? $" (default is \"{keys[defaultChoice]}\"): " : ": ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (answer == "?")
            {
                choices.Zip(keys).ToList().ForEach(c => WriteLine($"{c.Second} - {c.First.HelpMessage}"));
                continue;
            }

            var chosen = choices.ToList().FindIndex(c =>
                Same(answer, Key(c.Label)) || Same(answer, c.Label.Replace("&", "", StringComparison.Ordinal)));
            if (chosen >= 0)
            {
                return chosen;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        RequireInteractive();
        Introduce(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write($"Password for user {userName}: ");
        return new(userName, ReadLineAsSecureString());
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static string Key(string label) =>
        label.IndexOf('&') is >= 0 and var at && at + 1 < label.Length ? label[at + 1].ToString().ToUpperInvariant() : label;

    private void Introduce(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            WriteLine("");
            WriteLine(caption);
        }

        if (!string.IsNullOrEmpty(message))
        {
            WriteLine(message);
        }
    }

    private object? AskFor(string label, Type type)
    {
        if (type == typeof(SecureString))
        {
            Write(label + ": ");
            return ReadLineAsSecureString();
        }

        if (type == typeof(PSCredential))
        {
            return PromptForCredential("", label, "", "");
        }

        if (!type.IsArray)
        {
            Write(label + ": ");
            return LanguagePrimitives.ConvertTo(ReadLine(), type);
        }

        // An array is asked for value by value until an empty line.
        var values = new List<object>();
        while (true)
        {
            Write($"{label}[{values.Count}]: ");
            if (ReadLine() is not { Length: > 0 } line)
            {
                return LanguagePrimitives.ConvertTo(values.ToArray(), type);
            }

            values.Add(line);
        }
    }
}
