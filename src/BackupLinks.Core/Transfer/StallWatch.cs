using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// Breaks the connections of one file that are silent for too long, or that together are slower than the minimum speed.
/// One clock for all of them: a timer for every read would cost more than the read.
/// </summary>
/// <param name="settings">The time-out, and the minimum speed.</param>
/// <param name="clock">The clock.</param>
internal sealed class StallWatch(TransferSettings settings, Clock clock)
{
    private const int ChecksPerTimeout = 4;

    private readonly object _lock = new();
    private readonly List<Connection> _connections = [];
    private long _bytes;
    private TimeSpan? _lastCheck;
    private TimeSpan _waited;

    /// <summary>Watches a connection from now on, until it is disposed.</summary>
    public Connection Add(CancellationToken stop)
    {
        var connection = new Connection(this, stop);
        connection.Touch();
        lock (_lock)
            _connections.Add(connection);
        return connection;
    }

    /// <summary>Watches while something is read.</summary>
    public async Task WatchAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = RunAsync(stop.Token);
        try
        {
            await read().ConfigureAwait(false);
        }
        finally
        {
            stop.Cancel();
            await watching.ConfigureAwait(false);
        }
    }

    /// <summary>Watches until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        long part = settings.StallTimeout.Ticks / ChecksPerTimeout;
        var interval = TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerSecond, part));
        lock (_lock)
            _lastCheck = Now;
        while (await clock.WaitAsync(interval, stop).ConfigureAwait(false))
            Check();
    }

    /// <summary>
    /// Breaks what is silent, or slow. The speed counts over the time in which the store could have sent: a wait for
    /// the bandwidth limit, or between two attempts, is not the store's.
    /// </summary>
    public void Check()
    {
        lock (_lock)
        {
            var now = Now;
            bool isWaiting = false;
            foreach (var connection in _connections)
            {
                isWaiting |= !connection.IsPaused;
                connection.BreakWhenSilentSince(now - settings.StallTimeout);
            }

            if (isWaiting)
                _waited += now - (_lastCheck ?? now);
            _lastCheck = now;
            if (_waited < settings.StallTimeout)
                return;
            long bytes = Interlocked.Exchange(ref _bytes, 0);
            double least = settings.MinimumSpeed * _waited.TotalSeconds;
            _waited = TimeSpan.Zero;
            // Without a byte at all they are silent, and each has its own time.
            if (bytes == 0 || bytes >= least)
                return;
            foreach (var connection in _connections)
                connection.BreakForSpeed();
        }
    }

    /// <summary>One connection.</summary>
    internal sealed class Connection : IDisposable
    {
        private readonly StallWatch _watch;
        private readonly CancellationTokenSource _break;
        private long _lastSign;
        private bool _isSlow;

        public Connection(StallWatch watch, CancellationToken stop)
        {
            _watch = watch;
            _break = CancellationTokenSource.CreateLinkedTokenSource(stop);
        }

        /// <summary>Cancelled when the connection is to be broken, or everything stops.</summary>
        public CancellationToken Token => _break.Token;

        /// <summary>True when it was broken for its silence, or the file's speed.</summary>
        public bool IsStalled { get; private set; }

        /// <summary>True while it is not the other side's turn.</summary>
        public bool IsPaused => Interlocked.Read(ref _lastSign) == TimeSpan.MaxValue.Ticks;

        /// <summary>Notes a sign of life.</summary>
        public void Touch() => Interlocked.Exchange(ref _lastSign, _watch.Now.Ticks);

        /// <summary>Notes bytes that came.</summary>
        public void NoteBytes(int count) => Interlocked.Add(ref _watch._bytes, count);

        /// <summary>Notes that it is not the other side's turn.</summary>
        public void Pause() => Interlocked.Exchange(ref _lastSign, TimeSpan.MaxValue.Ticks);

        /// <summary>Why it was broken.</summary>
        public TimeoutException ToException(Exception cause) =>
            _isSlow
                ? new SlowConnectionException(_watch.MinimumSpeed)
                : new TimeoutException("no byte came in time", cause);

        public void BreakWhenSilentSince(TimeSpan time)
        {
            if (Interlocked.Read(ref _lastSign) < time.Ticks)
                Break(isSlow: false);
        }

        public void BreakForSpeed() => Break(isSlow: true);

        public void Dispose()
        {
            lock (_watch._lock)
                _watch._connections.Remove(this);
            _break.Dispose();
        }

        private void Break(bool isSlow)
        {
            if (IsStalled)
                return;
            (IsStalled, _isSlow) = (true, isSlow);
            _break.Cancel();
        }
    }

    private long MinimumSpeed => settings.MinimumSpeed;

    private TimeSpan Now => clock.GetElapsed();
}
