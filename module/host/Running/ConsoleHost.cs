using System.Globalization;
using System.Management.Automation.Host;
using MirrorBackup.Host.Terminal;

namespace MirrorBackup.Host.Running;

/// <summary>What the engine knows of the program it runs in.</summary>
internal sealed class ConsoleHost(HostUi ui) : PSHost
{
    /// <summary>Set by `exit` outside a script file.</summary>
    public int? ExitCode { get; private set; }

    public HostUi Terminal { get; } = ui;

    public override PSHostUserInterface UI => Terminal;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "MirrorBackupHost";

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This host has no nested prompts.");

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
