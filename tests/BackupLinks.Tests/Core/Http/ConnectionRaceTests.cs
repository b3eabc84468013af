using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Tests.Core.Http;

public sealed class ConnectionRaceTests
{
    private static readonly IPAddress V6 = IPAddress.Parse("2001:db8::1");
    private static readonly IPAddress OtherV6 = IPAddress.Parse("2001:db8::2");
    private static readonly IPAddress ThirdV6 = IPAddress.Parse("2001:db8::3");
    private static readonly IPAddress V4 = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress OtherV4 = IPAddress.Parse("192.0.2.2");

    private readonly ManualClock _clock = new();
    private readonly Dictionary<IPAddress, TaskCompletionSource<Connection>> _attempts = [];
    private readonly Dictionary<IPAddress, CancellationToken> _tokens = [];

    [Fact]
    public void Families_take_turns_and_the_resolvers_first_address_is_first() =>
        Assert.Equal(
            [V6, V4, OtherV6, OtherV4, ThirdV6],
            ConnectionRace<Connection>.InTurn([V6, OtherV6, ThirdV6, V4, OtherV4]));

    [Fact]
    public void Address_that_swallows_packets_costs_its_head_start()
    {
        var connecting = Connect(V6, V4);
        Assert.Equal([V6], _attempts.Keys);
        _clock.Advance(ConnectionRace<Connection>.HeadStart - TimeSpan.FromMilliseconds(1));
        Assert.Equal([V6], _attempts.Keys);
        Assert.InRange(ConnectionRace<Connection>.HeadStart.TotalMilliseconds, 250, 300);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        WaitFor(() => _attempts.ContainsKey(V4));

        var connection = new Connection();
        _attempts[V4].SetResult(connection);

        Assert.Same(connection, Result(connecting));
        Assert.True(_tokens[V6].IsCancellationRequested);
        Assert.False(connection.IsDisposed);
    }

    [Fact]
    public void Slow_first_address_still_wins_when_it_is_first_to_accept()
    {
        var connecting = Connect(V6, V4);
        _clock.Advance(TimeSpan.FromSeconds(1));
        WaitFor(() => _attempts.ContainsKey(V4));
        var first = new Connection();
        _attempts[V6].SetResult(first);

        Assert.Same(first, Result(connecting));
    }

    [Fact]
    public void Connection_that_comes_late_is_closed()
    {
        var connecting = Connect(V6, V4);
        _clock.Advance(TimeSpan.FromSeconds(1));
        WaitFor(() => _attempts.ContainsKey(V4));
        _attempts[V4].SetResult(new Connection());
        Result(connecting);

        var late = new Connection();
        _attempts[V6].SetResult(late);

        WaitFor(() => late.IsDisposed);
    }

    [Fact]
    public void Refusal_begins_the_next_attempt_at_once()
    {
        var connecting = Connect(V6, V4);
        _attempts[V6].SetException(new SocketException((int)SocketError.ConnectionRefused));
        WaitFor(() => _attempts.ContainsKey(V4));
        var connection = new Connection();
        _attempts[V4].SetResult(connection);

        Assert.Same(connection, Result(connecting));
    }

    [Fact]
    public void Failure_of_all_is_the_most_telling_one()
    {
        var connecting = Connect(V6, V4, OtherV4);
        _attempts[V6].SetException(new SocketException((int)SocketError.NetworkUnreachable));
        WaitFor(() => _attempts.ContainsKey(V4));
        _attempts[V4].SetException(new SocketException((int)SocketError.ConnectionRefused));
        WaitFor(() => _attempts.ContainsKey(OtherV4));
        _attempts[OtherV4].SetException(new SocketException((int)SocketError.HostUnreachable));

        var failure = Assert.Throws<SocketException>(() => Result(connecting));
        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    [Fact]
    public void Host_without_an_address_is_not_found() =>
        Assert.Equal(SocketError.HostNotFound, Assert.Throws<SocketException>(() => Result(Connect())).SocketErrorCode);

    [Fact]
    public void Cancellation_ends_every_attempt()
    {
        using var stop = new CancellationTokenSource();
        var connecting = new ConnectionRace<Connection>(_clock).ConnectAsync([V6, V4], Attempt, stop.Token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        WaitFor(() => _attempts.ContainsKey(V4));
        stop.Cancel();
        foreach (var attempt in _attempts.Values)
            attempt.SetCanceled();

        Assert.ThrowsAny<OperationCanceledException>(() => Result(connecting));
        Assert.All(_tokens.Values, token => Assert.True(token.IsCancellationRequested));
    }

    private Task<Connection> Connect(params IPAddress[] addresses) =>
        new ConnectionRace<Connection>(_clock).ConnectAsync(addresses, Attempt, default);

    private Task<Connection> Attempt(IPAddress address, CancellationToken stop)
    {
        lock (_attempts)
        {
            _tokens[address] = stop;
            return (_attempts[address] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private static Connection Result(Task<Connection> connecting)
    {
        WaitFor(() => connecting.IsCompleted);
        return connecting.GetAwaiter().GetResult();
    }

    // Continuations run on other threads; the bound is for a fault, not for a slow machine.
    private static void WaitFor(Func<bool> isDone) => Assert.True(SpinWait.SpinUntil(isDone, TimeSpan.FromMinutes(2)));

    private sealed class Connection : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
