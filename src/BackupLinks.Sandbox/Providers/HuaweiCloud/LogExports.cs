using System;
using System.Collections.Concurrent;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>
/// Exports of logs: the first request begins one, a later one has its links, and when these have expired, the next one
/// begins again.
/// </summary>
/// <param name="clock">The clock of the clouds.</param>
internal sealed class LogExports(SandboxClock clock)
{
    private readonly ConcurrentDictionary<string, (int Requests, DateTimeOffset Expires)> _exports = new();

    /// <summary>The requests that an export takes, before the one that has its links.</summary>
    public int RequestsUntilReady { get; set; } = 1;

    /// <summary>True for an export that was begun.</summary>
    public bool IsBegun(string key) => _exports.ContainsKey(key);

    /// <summary>The end of the links; null while the export runs.</summary>
    /// <param name="key">The log.</param>
    /// <param name="lifetime">The lifetime of links.</param>
    public DateTimeOffset? Request(string key, TimeSpan lifetime)
    {
        var now = clock.UtcNow;
        var export = _exports.AddOrUpdate(key, _ => (1, now + lifetime), (_, known) => Next(known));
        return export.Requests > RequestsUntilReady ? export.Expires : null;

        (int Requests, DateTimeOffset Expires) Next((int Requests, DateTimeOffset Expires) known)
        {
            if (known.Requests <= RequestsUntilReady)
                return (known.Requests + 1, now + lifetime);
            // The clock of a test may go back by hours, and that of a machine by a moment.
            return known.Expires <= now || known.Expires > now + lifetime + TimeSpan.FromMinutes(1)
                ? (1, now + lifetime) : known;
        }
    }
}
