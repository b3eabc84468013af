using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Transfer;

/// <summary>Breaks connections that are silent for too long. One clock for all of them: a timer for every read would cost more than the read.</summary>
internal sealed class StallWatch(TimeSpan timeout, Clock clock)
{
    private const int ChecksPerTimeout = 4;

    private readonly object _lock = new();
    private readonly List<Connection> _connections = [];

    /// <summary>Watches a connection from now on, until it is disposed.</summary>
    public Connection Add(CancellationToken stop)
    {
        var connection = new Connection(this, stop);
        connection.Touch();
        lock (_lock)
            _connections.Add(connection);
        return connection;
    }

    /// <summary>Watches until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var interval = TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerSecond, timeout.Ticks / ChecksPerTimeout));
        while (true)
        {
            await clock.DelayAsync(interval, stop).ConfigureAwait(false);
            lock (_lock)
            {
                foreach (var connection in _connections)
                    connection.BreakWhenSilentSince(Now - timeout);
            }
        }
    }

    /// <summary>One connection.</summary>
    internal sealed class Connection : IDisposable
    {
        private readonly StallWatch _watch;
        private readonly CancellationTokenSource _break;
        private long _lastSign;

        public Connection(StallWatch watch, CancellationToken stop)
        {
            _watch = watch;
            _break = CancellationTokenSource.CreateLinkedTokenSource(stop);
        }

        /// <summary>Cancelled when the connection is to be broken, or everything stops.</summary>
        public CancellationToken Token => _break.Token;

        /// <summary>True when it was broken for its silence.</summary>
        public bool IsStalled { get; private set; }

        /// <summary>Notes a sign of life.</summary>
        public void Touch() => Interlocked.Exchange(ref _lastSign, _watch.Now.Ticks);

        /// <summary>Notes that it is not the other side's turn.</summary>
        public void Pause() => Interlocked.Exchange(ref _lastSign, TimeSpan.MaxValue.Ticks);

        public void BreakWhenSilentSince(TimeSpan time)
        {
            if (Interlocked.Read(ref _lastSign) >= time.Ticks || IsStalled)
                return;
            IsStalled = true;
            _break.Cancel();
        }

        public void Dispose()
        {
            lock (_watch._lock)
                _watch._connections.Remove(this);
            _break.Dispose();
        }
    }

    private TimeSpan Now => clock.GetElapsed();
}
