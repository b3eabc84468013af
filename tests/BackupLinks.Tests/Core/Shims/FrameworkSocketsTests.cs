using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;
using BackupLinks.Tests.Engine;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Shims;

public sealed class FrameworkSocketsTests
{
    [Fact]
    public async Task Name_whose_first_address_swallows_packets_is_reached_by_the_second()
    {
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework opens its connections itself.");
        var addresses = await Dns.GetHostAddressesAsync("localhost", TestContext.Current.CancellationToken);
        Assert.SkipUnless(
            addresses.Contains(IPAddress.IPv6Loopback) && addresses.Contains(IPAddress.Loopback)
                && !OperatingSystem.IsWindows(),
            "It takes a localhost with both addresses, and a system whose full queue drops what comes.");
        await using var listener = new LoopbackListener(_ => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var hole = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp)
            { DualMode = false };
        hole.Bind(new IPEndPoint(IPAddress.IPv6Loopback, listener.Port));
        hole.Listen(0);
        var queue = new List<Socket>();
        using var stop = new CancellationTokenSource();
        for (int i = 0; i < 4; i++)
        {
            queue.Add(new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp));
            _ = queue[i].ConnectAsync(hole.LocalEndPoint!, stop.Token).AsTask().ContinueWith(
                static _ => { }, TaskScheduler.Default);
        }

        using var transport = new ApiTransport();
        using var client = transport.CreateDownloadClient(
            new RequestSettings { MaximumRetryCount = 0, AttemptTimeout = TimeSpan.FromMinutes(1) },
            new ProxySettings(null, null, null),
            new SecretScrubber(), new RequestLog(null, static _ => { }));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{listener.Port}/x");

        // Without the second address, the minute passes.
        using var response = await client.SendAsync(request, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await stop.CancelAsync();
        queue.ForEach(socket => socket.Dispose());
    }
}
