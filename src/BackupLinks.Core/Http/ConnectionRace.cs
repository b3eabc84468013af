using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Http;

/// <summary>
/// Connects to the first of several addresses that accepts, as RFC 8305 ("Happy Eyeballs") says: IPv6 and IPv4 in
/// turn, each with a head start before the next. An address that swallows packets then costs the head start, not
/// the system's time-out.
/// </summary>
/// <typeparam name="T">A connection.</typeparam>
internal sealed class ConnectionRace<T>(Clock clock)
    where T : class, IDisposable
{
    /// <summary>The time before the next address is tried beside the last; RFC 8305 recommends 250 ms.</summary>
    public static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <summary>Connects. Connections that lose are closed, also those that come late.</summary>
    /// <param name="addresses">The addresses, in the order in which the system's resolver prefers them.</param>
    /// <param name="connect">Connects to one of them.</param>
    /// <param name="cancellationToken">Cancels all attempts.</param>
    /// <exception cref="Exception">All attempts failed: the most telling failure.</exception>
    public async Task<T> ConnectAsync(
        IReadOnlyList<IPAddress> addresses, Func<IPAddress, CancellationToken, Task<T>> connect,
        CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<IPAddress>(InTurn(addresses));
        var running = new List<Task<T>>();
        Exception? failure = null;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (waiting.Count > 0)
                    running.Add(connect(waiting.Dequeue(), race.Token));
                else if (running.Count == 0)
                    throw failure ?? new SocketException((int)SocketError.HostNotFound);

                var headStart = waiting.Count > 0 ? clock.DelayAsync(HeadStart, race.Token) : null;
                var first = await Task.WhenAny(
                    headStart is null ? running : running.Append(headStart)).ConfigureAwait(false);
                if (first is not Task<T> attempt || !running.Remove(attempt))
                    continue;
                if (attempt.Status == TaskStatus.RanToCompletion)
                    return attempt.Result;
                // An address of a family that this machine has no route for says nothing about the host.
                if (failure is null || IsWithoutRoute(failure))
                    failure = attempt.Exception?.InnerException ?? new OperationCanceledException();
            }
        }
        finally
        {
            race.Cancel();
            foreach (var attempt in running)
                _ = CloseAsync(attempt);
        }
    }

    /// <summary>The addresses with the families in turn, the first address's first (RFC 8305, section 4).</summary>
    public static IEnumerable<IPAddress> InTurn(IReadOnlyList<IPAddress> addresses) => addresses
        .GroupBy(address => address.AddressFamily)
        .SelectMany((family, order) =>
            family.Select((address, place) => (Address: address, Place: place, Order: order)))
        .OrderBy(entry => entry.Place).ThenBy(entry => entry.Order)
        .Select(entry => entry.Address);

    private static bool IsWithoutRoute(Exception failure) => failure is SocketException
    {
        SocketErrorCode: SocketError.NetworkUnreachable or SocketError.HostUnreachable
            or SocketError.AddressFamilyNotSupported
            or SocketError.AddressNotAvailable or SocketError.NetworkDown,
    };

    private static async Task CloseAsync(Task<T> attempt)
    {
        try
        {
            (await attempt.ConfigureAwait(false)).Dispose();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It lost in any case.
        }
    }
}
