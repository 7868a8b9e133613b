using System.Diagnostics;
using System.Management.Automation;
using System.Text;

namespace MirrorBackup.Host.Terminal;

/// <summary>One line at the bottom of a terminal, redrawn in place and gone when the work is done.</summary>
internal sealed class ProgressLine(TextWriter terminal, Func<int> width)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(60);

    private readonly List<(long Source, ProgressRecord Record)> _active = [];
    private readonly Stopwatch _sinceDrawn = new();
    private int _shown;

    public void Update(long source, ProgressRecord record)
    {
        var at = _active.FindIndex(a => a.Source == source && a.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (at >= 0)
            {
                _active.RemoveAt(at);
            }

            if (_active.Count == 0)
            {
                Clear();
            }

            return;
        }

        if (at >= 0)
        {
            _active.RemoveAt(at);
        }

        _active.Add((source, record));

        if (_shown == 0 || !_sinceDrawn.IsRunning || _sinceDrawn.Elapsed >= Interval)
        {
            Draw();
        }
    }

    /// <summary>Makes room for other text; the next update draws the line again.</summary>
    public void Clear()
    {
        if (_shown > 0)
        {
            terminal.Write("\r" + new string(' ', _shown) + "\r");
            _shown = 0;
        }
    }

    public void Reset()
    {
        Clear();
        _active.Clear();
    }

    private void Draw()
    {
        // The last column stays free: writing into it makes some terminals wrap.
        var text = CellWidth.Truncate(string.Join(" > ", Chain().Select(Describe)), Math.Max(width() - 1, 1));
        var cells = CellWidth.Of(text);
        terminal.Write("\r" + text + new string(' ', Math.Max(_shown - cells, 0)));
        _shown = Math.Max(_shown, cells);
        _sinceDrawn.Restart();
    }

    // The activity that reported last, after the ones it is part of.
    private List<ProgressRecord> Chain()
    {
        var chain = new List<ProgressRecord>();
        for (var at = _active.Count - 1; at >= 0; at = ParentOf(chain[0]))
        {
            chain.Insert(0, _active[at].Record);
        }

        return chain;

        int ParentOf(ProgressRecord record) => record.ParentActivityId < 0
            ? -1
            : _active.FindIndex(a => a.Record.ActivityId == record.ParentActivityId && !chain.Contains(a.Record));
    }

    private static string Describe(ProgressRecord record)
    {
        var text = new StringBuilder(record.Activity);
        if (record.PercentComplete is >= 0 and var percent)
        {
            text.Append($" {percent}%");
        }

        if (!string.IsNullOrWhiteSpace(record.StatusDescription))
        {
            text.Append(": ").Append(record.StatusDescription);
        }

        if (record.SecondsRemaining >= 0)
        {
            text.Append($" ({TimeSpan.FromSeconds(record.SecondsRemaining):c} left)");
        }

        if (!string.IsNullOrWhiteSpace(record.CurrentOperation))
        {
            text.Append(" - ").Append(record.CurrentOperation);
        }

        return text.Replace('\r', ' ').Replace('\n', ' ').ToString();
    }
}
