using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace BackupLinks.Tests.Core;

/// <summary>
/// A server on loopback that responds to the head of each request as a test says: a proxy, for example.
/// </summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Stream, Task<Stream>> _open;
    private readonly Func<string, Task<string>> _respond;
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="respond">Makes the response to the head of a request.</param>
    /// <param name="open">Makes the stream of a connection, such as a TLS stream; null for plain ones.</param>
    public LoopbackListener(Func<string, string> respond, Func<Stream, Task<Stream>>? open = null)
        : this(head => Task.FromResult(respond(head)), open)
    {
    }

    /// <summary>Starts one whose responses take their time.</summary>
    public LoopbackListener(Func<string, Task<string>> respond, Func<Stream, Task<Stream>>? open = null)
    {
        _respond = respond;
        _open = open ?? Task.FromResult;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The heads of all requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await _open(client.GetStream());
                while (await ReadHeadAsync(stream) is { } head)
                {
                    Requests.Enqueue(head);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(await _respond(head)));
                }
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away.
            }
        }
    }

    private static async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) > 0)
        {
            head.Append((char)one[0]);
            if (head.Length > 3 && head.ToString(head.Length - 4, 4) == "\r\n\r\n")
                return head.ToString();
        }

        return null;
    }
}
