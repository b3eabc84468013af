using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>
/// The way to one host: open, or closed until a time, and from the first complaint on as narrow as the host
/// seems to want it. A complaint halves the width, each answer without one widens it again by a fraction
/// (additive increase, multiplicative decrease, as TCP does it).
/// </summary>
internal sealed class HostGate(Clock clock)
{
    // As wide as any command goes; from there on the gate counts no more.
    private const double Unlimited = 256;

    // What is shorter is no wait for a timer.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly object _lock = new();

    // Who was refused least goes first, among equals who came first: refusals are shared out, so that no request
    // uses up its retries while the others have not needed one.
    private readonly SortedDictionary<(int Retry, long Turn), (TaskCompletionSource<bool> Place, TimeSpan Patience)> _waiting = new();
    private double _width = Unlimited;
    private int _inside;
    private DateTimeOffset _closedUntil;
    private TimeSpan _longestHold;
    private bool _isOpening;

    /// <summary>When the host may be asked again; null while it is open.</summary>
    public DateTimeOffset? ClosedUntil
    {
        get
        {
            lock (_lock)
                return TimeLeft() > TimeSpan.Zero ? _closedUntil : null;
        }
    }

    public Task EnterAsync(long turn, int retry, CancellationToken cancellationToken) =>
        EnterAsync(turn, retry, TimeSpan.MaxValue, cancellationToken);

    /// <summary>Waits for the gate.</summary>
    /// <param name="turn">The request's number.</param>
    /// <param name="retry">How often it was refused.</param>
    /// <param name="patience">The longest time that the gate may be closed for.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="HostClosedException">The gate is closed for longer.</exception>
    public async Task EnterAsync(long turn, int retry, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> place;
        lock (_lock)
        {
            if (TimeLeft() is var left && left > patience)
                throw new HostClosedException(left);
            if (_waiting.Count == 0 && TryPass())
                return;
            place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((retry, turn), (place, patience));
            OpenLater();
        }

        using (cancellationToken.Register(() => GiveUp((retry, turn), place)))
            await place.Task.ConfigureAwait(false);
    }

    public void Leave(TimeSpan? hold)
    {
        lock (_lock)
        {
            _inside--;
            if (hold is { } delay)
            {
                Close(delay);
                SendImpatientAway();
            }
            else if (_width < Unlimited)
                _width += 1 / _width;
            LetPass();
        }
    }

    private void Close(TimeSpan delay)
    {
        // Requests that were refused together are one complaint.
        bool isOpen = TimeLeft() <= TimeSpan.Zero;
        if (isOpen)
            _width = Math.Max(1, Math.Min(_width, _inside + 1) / 2);
        _longestHold = isOpen || delay > _longestHold ? delay : _longestHold;
        var until = clock.GetUtcNow() + delay;
        if (until > _closedUntil)
            _closedUntil = until;
    }

    private void SendImpatientAway()
    {
        var left = TimeLeft();
        foreach (var waiting in _waiting.Where(waiting => waiting.Value.Patience < left).ToArray())
        {
            _waiting.Remove(waiting.Key);
            waiting.Value.Place.SetException(new HostClosedException(left));
        }
    }

    private bool TryPass()
    {
        if (TimeLeft() > TimeSpan.Zero || (_width < Unlimited && _inside >= Math.Floor(_width)))
            return false;
        _inside++;
        return true;
    }

    private void LetPass()
    {
        while (_waiting.Count > 0 && TryPass())
        {
            var first = _waiting.First();
            _waiting.Remove(first.Key);
            first.Value.Place.SetResult(true);
        }

        OpenLater();
    }

    // One timer, and only while a request waits for the time and not for one inside.
    private void OpenLater()
    {
        if (_isOpening || !IsTimeNeeded())
            return;
        _isOpening = true;
        _ = OpenAsync(WaitAsync());
    }

    private bool IsTimeNeeded() => _waiting.Count > 0 && (_inside == 0 || TimeLeft() > TimeSpan.Zero);

    // A loop, and never on the stack of the caller, who holds the lock: a wait that is over at once, or before its
    // time, costs another turn and no depth.
    private async Task OpenAsync(Task wait)
    {
        while (true)
        {
            if (wait.IsCompleted)
                await Task.Yield();
            else
                await wait.ConfigureAwait(false);
            lock (_lock)
            {
                LetPass();
                if (!IsTimeNeeded())
                {
                    _isOpening = false;
                    return;
                }

                wait = WaitAsync();
            }
        }
    }

    private Task WaitAsync()
    {
        var left = TimeLeft();
        return clock.DelayAsync(left > ShortestWait ? left : ShortestWait, CancellationToken.None);
    }

    // A clock that was set back meanwhile must not close the gate for longer than the host wanted.
    private TimeSpan TimeLeft()
    {
        var left = _closedUntil - clock.GetUtcNow();
        if (left <= _longestHold)
            return left;
        _closedUntil -= left - _longestHold;
        return _longestHold;
    }

    private void GiveUp((int Retry, long Turn) key, TaskCompletionSource<bool> place)
    {
        lock (_lock)
        {
            if (_waiting.Remove(key))
                place.SetCanceled();
        }
    }
}
