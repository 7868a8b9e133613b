using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MirrorBackup.Host.Terminal;

/// <summary>
/// Where each stream goes: as in pwsh, errors to stderr and everything else to stdout, with the usual
/// prefixes; progress to stderr, and only if that is a terminal.
/// </summary>
internal sealed partial class HostUi : PSHostUserInterface
{
    private readonly InputReader _input;
    private readonly bool _nonInteractive;
    private readonly ProgressLine? _progress;
    private readonly Lock _lock = new();

    public HostUi(InputReader input, bool nonInteractive)
    {
        _input = input;
        _nonInteractive = nonInteractive;
        _progress = Screen.ErrorIsTerminal ? new(Console.Error, () => Screen.Width) : null;
    }

    public override PSHostRawUserInterface RawUI { get; } = new RawUi();

    public override bool SupportsVirtualTerminal => Screen.ColorOutput || Screen.ColorError;

    public override void Write(string value) => Out(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Out(Ansi.Paint(value, foregroundColor, backgroundColor == RawUI.BackgroundColor ? null : backgroundColor));

    public override void WriteLine(string value) => Out(value + Environment.NewLine);

    public override void WriteErrorLine(string value)
    {
        lock (_lock)
        {
            _progress?.Clear();
            Console.Error.WriteLine(Screen.ColorError ? value : Ansi.Strip(value));
        }
    }

    public override void WriteDebugLine(string message) => Prefixed("DEBUG: ", message);

    public override void WriteVerboseLine(string message) => Prefixed("VERBOSE: ", message);

    public override void WriteWarningLine(string message) => Prefixed("WARNING: ", message);

    // The engine calls WriteLine for information that $InformationPreference lets through.
    public override void WriteInformation(InformationRecord record)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_lock)
        {
            _progress?.Update(sourceId, record);
        }
    }

    public void EndProgress()
    {
        lock (_lock)
        {
            _progress?.Reset();
        }
    }

    /// <summary>Null at the end of the input.</summary>
    public string? TryReadLine() => _input.ReadLine();

    public override string ReadLine()
    {
        RequireInteractive();
        return _input.ReadLine() ?? throw InputEnded();
    }

    public override SecureString ReadLineAsSecureString()
    {
        RequireInteractive();
        return _input.ReadSecret() ?? throw InputEnded();
    }

    private void Prefixed(string prefix, string message) =>
        WriteLine(Screen.ColorOutput ? Ansi.Paint(prefix + message, ConsoleColor.Yellow, null) : prefix + message);

    private void Out(string value)
    {
        lock (_lock)
        {
            _progress?.Clear();
            Console.Out.Write(Screen.ColorOutput ? value : Ansi.Strip(value));
        }
    }

    private void RequireInteractive()
    {
        if (_nonInteractive)
        {
            throw new PSInvalidOperationException("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
        }
    }

    private static HostException InputEnded() =>
        new("The input ended before the question was answered.", null!, "InputEnded", ErrorCategory.ReadError);
}
