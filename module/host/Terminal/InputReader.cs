using System.Management.Automation;
using System.Security;
using MirrorBackup.Host.Running;

namespace MirrorBackup.Host.Terminal;

/// <summary>Reads lines so that Ctrl+C ends the wait, which a blocking read of the console would not.</summary>
internal sealed class InputReader(Interruption interruption)
{
    private Task<string?>? _pending;

    public string? ReadLine()
    {
        _pending ??= Task.Factory.StartNew(Console.In.ReadLine, TaskCreationOptions.LongRunning);
        var line = Await(_pending);
        _pending = null;
        return line;
    }

    /// <summary>Nothing typed is echoed; from a pipe it is a plain line.</summary>
    public SecureString? ReadSecret()
    {
        if (!Screen.InputIsTerminal)
        {
            return ReadLine() is { } line ? Secret(line) : null;
        }

        var text = new List<char>();
        while (true)
        {
            while (!Console.KeyAvailable)
            {
                Await(Task.Delay(20).ContinueWith(_ => true, TaskScheduler.Default));
            }

            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Out.WriteLine();
                return Secret(text);
            }

            if (key.Key == ConsoleKey.Backspace && text.Count > 0)
            {
                text.RemoveAt(text.Count - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Add(key.KeyChar);
            }
        }
    }

    private static SecureString Secret(IEnumerable<char> characters)
    {
        var secret = new SecureString();
        foreach (var character in characters)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    private T Await<T>(Task<T> task)
    {
        try
        {
            task.Wait(interruption.Token);
            return task.Result;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
