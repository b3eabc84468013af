using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// The way to one host: open, or closed until a time, and from the first complaint on as narrow as the host seems to
/// want it. A complaint halves the width, each response without one widens it again by a fraction (additive increase,
/// multiplicative decrease, as TCP does it). The limit of one object or account may not concern other requests: of
/// those that cannot wait so long, one at a time goes through as a probe. One good response opens the gate for all;
/// after a few refusals in a row, the others give up.
/// </summary>
internal sealed class HostLimiter(Clock clock)
{
    // As wide as any command goes; from there on the gate counts no more.
    private const double Unlimited = 256;

    // The first ones may be for objects that are limited, too.
    private const int MostProbes = 3;

    // No timer waits for less.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly object _lock = new();

    // The request with the fewest refusals goes first, among equals the first that came: refusals are shared out, so
    // that no request uses up its retries while the others have not needed one.
    private readonly SortedDictionary<(int Retry, long Turn), (TaskCompletionSource<bool> Place, HostWaitLimits Limits)>
        _waiting = new();
    private double _width = Unlimited;
    private int _inside;
    private DateTimeOffset _closedUntil;
    private TimeSpan _longestHold;

    // The first complaint since the last response without one.
    private TimeSpan? _refusedSince;
    private bool _isProbing;
    private int _refusedProbes;

    // The number of the timer that counts; null while none runs.
    private int? _timer;
    private int _lastTimer;

    /// <summary>When the gate opens; null while it is open, or closed for longer than the caller waits.</summary>
    /// <param name="longest">The longest time that the caller waits.</param>
    public DateTimeOffset? GetOpening(TimeSpan longest)
    {
        lock (_lock)
        {
            var left = TimeLeft();
            return left > TimeSpan.Zero && left <= longest ? _closedUntil : null;
        }
    }

    /// <summary>
    /// True while the gate is closed, and the host has refused every request for longer than the caller waits.
    /// </summary>
    /// <param name="limits">How long the caller waits.</param>
    public bool IsOver(HostWaitLimits limits)
    {
        lock (_lock)
            return IsOverFor(limits);
    }

    /// <summary>Begins a command: its requests that cannot wait so long are probes again.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _refusedProbes = 0;
            _refusedSince = null;
        }
    }

    public Task<bool> EnterAsync(long turn, int retry, CancellationToken cancellationToken) =>
        EnterAsync(turn, retry, HostWaitLimits.Endless, cancellationToken);

    /// <summary>Waits for the gate.</summary>
    /// <param name="turn">The request's number.</param>
    /// <param name="retry">How often it was refused.</param>
    /// <param name="limits">How long the gate may be closed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>True for a probe, which must say so when it leaves.</returns>
    /// <exception cref="HostClosedException">
    /// The gate is closed for longer, and the probes were refused; or the host has refused every request for longer.
    /// </exception>
    public async Task<bool> EnterAsync(long turn, int retry, HostWaitLimits limits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> place;
        lock (_lock)
        {
            bool isTooLong = TimeLeft() > limits.Hold;
            if ((isTooLong && IsConfirmed) || IsOverFor(limits))
                throw new HostClosedException(TimeLeft());
            if (isTooLong && !_isProbing)
                return BeginProbe();
            if (_waiting.Count == 0 && TryPass())
                return false;
            place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((retry, turn), (place, limits));
            OpenLater();
        }

        using (cancellationToken.Register(() => GiveUp((retry, turn), place)))
            return await place.Task.ConfigureAwait(false);
    }

    /// <summary>Says how a request went.</summary>
    /// <param name="hold">How long the host wants to be left alone; null when it did not complain.</param>
    /// <param name="isProbe">
    /// The value that <see cref="EnterAsync(long, int, HostWaitLimits, CancellationToken)"/> returned.
    /// </param>
    public void Leave(TimeSpan? hold, bool isProbe = false)
    {
        lock (_lock)
        {
            _inside--;
            if (isProbe)
                EndProbe();
            if (hold is { } delay)
                Close(delay, isProbe);
            else
                Widen();
            ServeImpatient();
            LetPass();
        }
    }

    private bool IsConfirmed => _refusedProbes >= MostProbes;

    private void Widen()
    {
        _refusedSince = null;
        _refusedProbes = 0;
        if (_width < Unlimited)
            _width += 1 / _width;
    }

    private bool IsOverFor(HostWaitLimits limits) =>
        TimeLeft() > TimeSpan.Zero && _refusedSince is { } since && clock.GetElapsed() - since >= limits.Refusals;

    private bool BeginProbe()
    {
        _inside++;
        return _isProbing = true;
    }

    // The host's last word replaces what it said before, also where that was a longer wait.
    private void EndProbe()
    {
        _isProbing = false;
        _closedUntil = clock.GetUtcNow();
        _timer = null;
    }

    private void Close(TimeSpan delay, bool isProbe)
    {
        // Requests that were refused together are one complaint.
        bool isOpen = TimeLeft() <= TimeSpan.Zero;
        if (isOpen)
        {
            _width = Math.Max(1, Math.Min(_width, _inside + 1) / 2);
            _refusedProbes = isProbe ? _refusedProbes + 1 : 0;
        }

        _refusedSince ??= clock.GetElapsed();
        _longestHold = isOpen || delay > _longestHold ? delay : _longestHold;
        var until = clock.GetUtcNow() + delay;
        if (until > _closedUntil)
            _closedUntil = until;
    }

    // One becomes the probe; after the last probe, all give up, and so do those whose time is over.
    private void ServeImpatient()
    {
        var left = TimeLeft();
        if (left <= TimeSpan.Zero)
            return;
        foreach (var (key, (place, limits)) in _waiting.Select(waiting => (waiting.Key, waiting.Value)).ToArray())
        {
            bool isTooLong = limits.Hold < left;
            if (IsOverFor(limits) || (isTooLong && IsConfirmed))
            {
                _waiting.Remove(key);
                place.SetException(new HostClosedException(left));
            }
            else if (isTooLong && !_isProbing)
            {
                _waiting.Remove(key);
                place.SetResult(BeginProbe());
            }
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
            first.Value.Place.SetResult(false);
        }

        OpenLater();
    }

    // One timer, and only while a request waits for the time and not for one inside.
    private void OpenLater()
    {
        if (_timer is not null || !IsTimeNeeded())
            return;
        int timer = ++_lastTimer;
        _timer = timer;
        _ = OpenAsync(timer, WaitAsync());
    }

    private bool IsTimeNeeded() => _waiting.Count > 0 && (_inside == 0 || TimeLeft() > TimeSpan.Zero);

    // A loop, and never on the stack of the caller, who holds the lock: a wait that is over at once, or before its
    // time, costs another turn and no depth.
    private async Task OpenAsync(int timer, Task wait)
    {
        while (true)
        {
            if (wait.IsCompleted)
                await Task.Yield();
            else
                await wait.ConfigureAwait(false);
            lock (_lock)
            {
                if (_timer != timer)
                    return;
                LetPass();
                if (!IsTimeNeeded())
                {
                    _timer = null;
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

    // A clock that is set back must not close the gate for longer than the host wanted.
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
