using System;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>Lines about requests, for an operator. No line has a secret or a query.</summary>
/// <param name="tell">Gets the lines of the ordinary course; null for none.</param>
/// <param name="warn">Takes what an operator may want to act on.</param>
/// <param name="waits">Gets the waits in progress; null for none.</param>
internal sealed class RequestLog(Action<string>? tell, Action<string> warn, RequestWaits? waits = null)
{
    private readonly Action<string>? _tell = Printable(tell);

    /// <summary>The same log for a part of the command, whose waits can be told from those of the others.</summary>
    public RequestLog ForPart() => new(_tell, warn, new RequestWaits(Waits));

    /// <summary>The waits in progress.</summary>
    public RequestWaits Waits { get; } = waits ?? new RequestWaits();

    /// <summary>Writes a line of the ordinary course; null when no such line is wanted, so that none is made.</summary>
    public Action<string>? Tell => _tell;

    private static Action<string>? Printable(Action<string>? tell) =>
        tell is null ? null : line => tell(ScreenText.Printable(line));

    /// <summary>Writes a warning that an operator may act on.</summary>
    public void Warn(string line) => warn(ScreenText.Printable(line));
}
