using System;
using System.Collections.Generic;
using System.Globalization;

namespace BackupLinks.Http;

/// <summary>The waits of a command's requests at this moment, for its progress line.</summary>
/// <param name="all">
/// Takes each wait, too: those of a part of the command are those of the command; null for none.
/// </param>
internal sealed class RequestWaits(RequestWaits? all = null)
{
    private readonly object _lock = new();
    private readonly LinkedList<Wait> _waits = new();

    /// <summary>True while a request waits.</summary>
    public bool Any
    {
        get
        {
            lock (_lock)
                return _waits.Count > 0;
        }
    }

    /// <summary>Notes a wait for a time, until it is disposed.</summary>
    /// <param name="until">When it ends.</param>
    /// <param name="subject">The next step: "retry 2 of 4".</param>
    /// <param name="reason">Why it is waited for: "HTTP 503".</param>
    public IDisposable Add(DateTimeOffset until, string subject, string reason) => Add(() => until, subject, reason);

    /// <summary>Notes a wait for a time that may change; null while it is not a time that is waited for.</summary>
    /// <inheritdoc cref="Add(DateTimeOffset, string, string)"/>
    public IDisposable Add(Func<DateTimeOffset?> until, string subject, string reason)
    {
        var wait = new Wait(this, until, subject, reason, all?.Add(until, subject, reason));
        lock (_lock)
            _waits.AddLast(wait.Place);
        return wait;
    }

    /// <summary>
    /// The wait that ends first, and how many there are besides: "retry 2 of 4 in 3 s: HTTP 503 (and 7 more)"; null for
    /// none.
    /// </summary>
    public string? Describe(DateTimeOffset now)
    {
        Wait? first = null;
        var end = DateTimeOffset.MaxValue;
        int others = -1;
        lock (_lock)
        {
            foreach (var wait in _waits)
            {
                if (wait.Until is not { } until)
                    continue;
                others++;
                if (until < end)
                    (first, end) = (wait, until);
            }
        }

        if (first is null)
            return null;
        string seconds = Math.Max(0, Math.Ceiling((end - now).TotalSeconds)).ToString(
            "0", CultureInfo.InvariantCulture);
        return $"{first.Subject} in {seconds} s: {first.Reason}{(others > 0 ? $" (and {others} more)" : "")}";
    }

    private sealed class Wait : IDisposable
    {
        private readonly RequestWaits _owner;
        private readonly Func<DateTimeOffset?> _until;
        private readonly IDisposable? _same;

        public Wait(RequestWaits owner, Func<DateTimeOffset?> until, string subject, string reason, IDisposable? same)
        {
            (_owner, _until, Subject, Reason, _same) = (owner, until, subject, reason, same);
            Place = new LinkedListNode<Wait>(this);
        }

        public LinkedListNode<Wait> Place { get; }

        public string Subject { get; }

        public string Reason { get; }

        public DateTimeOffset? Until => _until();

        public void Dispose()
        {
            _same?.Dispose();
            lock (_owner._lock)
            {
                if (Place.List is not null)
                    _owner._waits.Remove(Place);
            }
        }
    }
}
