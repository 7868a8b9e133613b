using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MirrorBackup.Host.Running;

/// <summary>
/// Ctrl+C and SIGTERM: the first one stops what runs, so that finally blocks run; a second one ends the
/// process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _since = new();
    private readonly PosixSignalRegistration[] _registrations;
    private CancellationTokenSource _source = new();
    private Action? _stop;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, c => OnSignal(c, 130)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => OnSignal(c, 143)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => OnSignal(c, 129)),
    ];

    /// <summary>The exit code that names the signal; null while none has come.</summary>
    public int? ExitCode { get; private set; }

    public CancellationToken Token => _source.Token;

    /// <summary>Runs <paramref name="work"/>; a signal meanwhile calls <paramref name="stop"/>.</summary>
    public void During(Action work, Action stop)
    {
        _stop = stop;
        try
        {
            if (ExitCode is null)
            {
                work();
            }
        }
        finally
        {
            _stop = null;
        }
    }

    /// <summary>For an interactive prompt: Ctrl+C ended one command, the next may run.</summary>
    public void Forget()
    {
        ExitCode = null;
        _source = new();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (ExitCode is not null)
        {
            // A terminal signals the whole process group, and a parent in it may pass the signal on: one key
            // press can arrive twice.
            if (_since.Elapsed > Echo)
            {
                Environment.Exit(exitCode);
            }

            return;
        }

        _since.Restart();
        ExitCode = exitCode;
        _source.Cancel();
        _stop?.Invoke();
    }
}
