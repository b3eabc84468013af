using System;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>Lines about requests, for somebody who watches. None holds a secret or a query.</summary>
/// <param name="tell">Takes the ordinary course of things; null for nobody.</param>
/// <param name="warn">Takes what an operator may want to act on.</param>
/// <param name="waits">Takes what is waited for; null for nobody.</param>
internal sealed class RequestLog(Action<string>? tell, Action<string> warn, RequestWaits? waits = null)
{
    private readonly Action<string>? _tell = tell is null ? null : line => tell(ScreenText.Printable(line));

    /// <summary>What is waited for.</summary>
    public RequestWaits Waits { get; } = waits ?? new RequestWaits();

    /// <summary>The ordinary course of things; null when nobody wants to know, so that no line is made.</summary>
    public Action<string>? Tell => _tell;

    /// <summary>What an operator may want to act on.</summary>
    public void Warn(string line) => warn(ScreenText.Printable(line));
}
