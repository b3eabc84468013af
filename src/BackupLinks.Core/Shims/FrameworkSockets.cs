#if NET8_0_OR_GREATER
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Shims;

/// <summary>Connections of the framework's HTTP handler, to a host or to a proxy.</summary>
internal static class FrameworkSockets
{
    /// <summary>
    /// Connects to the first address that accepts. The framework itself tries them one after the other, and waits for
    /// each as long as the system does (dotnet/runtime issue 26177).
    /// </summary>
    /// <param name="context">The host and the port.</param>
    /// <param name="race">Connects to the first of several addresses that accepts.</param>
    /// <param name="cancellationToken">Cancels all attempts.</param>
    public static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, ConnectAny race, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(target.Host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false);
        var socket = await race(
            [.. addresses.Where(IsUsable)], (address, stop) => ConnectAsync(new IPEndPoint(address, target.Port), stop),
            cancellationToken).ConfigureAwait(false);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsUsable(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? Socket.OSSupportsIPv6 : Socket.OSSupportsIPv4;
}
#endif
