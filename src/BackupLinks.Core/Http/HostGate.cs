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

    private readonly object _lock = new();

    // Who was refused least goes first, among equals who came first: refusals are shared out, so that no request
    // uses up its retries while the others have not needed one.
    private readonly SortedDictionary<(int Retry, long Turn), TaskCompletionSource<bool>> _waiting = new();
    private double _width = Unlimited;
    private int _inside;
    private DateTimeOffset _closedUntil;
    private bool _isOpening;

    public async Task EnterAsync(long turn, int retry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> place;
        lock (_lock)
        {
            if (_waiting.Count == 0 && TryPass())
                return;
            place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((retry, turn), place);
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
                Close(delay);
            else if (_width < Unlimited)
                _width += 1 / _width;
            LetPass();
        }
    }

    private void Close(TimeSpan delay)
    {
        var now = clock.GetUtcNow();
        // Requests that were refused together are one complaint.
        if (_closedUntil <= now)
            _width = Math.Max(1, Math.Min(_width, _inside + 1) / 2);
        if (now + delay > _closedUntil)
            _closedUntil = now + delay;
    }

    private bool TryPass()
    {
        if (clock.GetUtcNow() < _closedUntil || (_width < Unlimited && _inside >= Math.Floor(_width)))
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
            first.Value.SetResult(true);
        }

        OpenLater();
    }

    // One timer, and only while somebody waits for the time and not for somebody inside.
    private void OpenLater()
    {
        var left = _closedUntil - clock.GetUtcNow();
        if (_isOpening || _waiting.Count == 0 || (left <= TimeSpan.Zero && _inside > 0))
            return;
        _isOpening = true;
        _ = OpenAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private async Task OpenAsync(TimeSpan delay)
    {
        await clock.DelayAsync(delay, CancellationToken.None).ConfigureAwait(false);
        lock (_lock)
        {
            _isOpening = false;
            LetPass();
        }
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
