using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Tests.Isolation;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Http;

/// <summary>The frameworks read 64 KB of headers, and no more of them with a retry.</summary>
public sealed class LongHeaderTests
{
    [Theory]
    [InlineData("X-Long: {0}\r\n")]
    [InlineData("X-Long: {0}\r\nX-Longer: {0}\r\n")]
    public async Task A_response_with_more_headers_is_told_as_one_at_once(string headers)
    {
        string head = "HTTP/1.1 200 OK\r\n" + string.Format(headers, new string('x', 70_000));
        await using var listener = new LoopbackListener(_ => head + "Content-Length: 0\r\n\r\n");
        using var transport = new ApiTransport(new ManualClock(advanceByItself: true), () => 0.5);
        using var client = transport.CreateDownloadClient(
            new RequestSettings { MaximumRetryCount = 2, AttemptTimeout = TestTimeout.Hang },
            new ProxySettings(null, null, null), new SecretScrubber(), new RequestLog(null, _ => { }));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{listener.Port}/");

        var error = await Assert.ThrowsAsync<ApiException>(() => client.SendAsync(request, CancellationToken.None));

        Assert.Equal(ErrorKind.InvalidResponse, error.Kind);
        Assert.Contains("responded with more headers than the 64 KB that are read", error.Message);
        Assert.Single(listener.Requests);
    }
}
