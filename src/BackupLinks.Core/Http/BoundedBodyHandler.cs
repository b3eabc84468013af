using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>
/// Reads the body of a response into memory, up to a limit. A longer body is cut off and marked, so that an
/// endless response costs no more than the limit and still shows its beginning in the error.
/// </summary>
internal sealed class BoundedBodyHandler : DelegatingHandler
{
    /// <summary>
    /// The most that is kept: several times the longest documented response (64 links, or a page of 1,000 rows).
    /// </summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The header that marks a body that was cut off; it exists only inside this process.</summary>
    public const string TruncatedHeader = "X-BackupLinks-Truncated";

    // Most responses fit: a few links, or an error.
    private const int UsualBytes = 2 * 1024;
    private const int MaxExpectedBytes = 16 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            response.Headers.Remove(TruncatedHeader);
            var (body, isTruncated) = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            var content = new ByteArrayContent(body);
            if (response.Content?.Headers.ContentType is { } type)
                content.Headers.ContentType = type;
            response.Content?.Dispose();
            response.Content = content;
            if (isTruncated)
                response.Headers.Add(TruncatedHeader, "1");
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<(byte[] Body, bool IsTruncated)> ReadAsync(
        HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
            return ([], false);
        // Stream.ReadAsync on .NET Framework notices a cancellation only when the stream goes away.
        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
        using var abort = cancellationToken.Register(static state => ((Stream)state!).Dispose(), stream);
        // The announced length is only a hint.
        int expected = content.Headers.ContentLength is { } length and > 0 and < MaxExpectedBytes
            ? (int)length
            : UsualBytes;
        var body = new byte[expected + 1];
        int filled = 0;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(body, filled, body.Length - filled, cancellationToken)
                .ConfigureAwait(false)) > 0)
            {
                filled += read;
                if (filled > MaxBytes)
                    break;
                if (filled == body.Length)
                    Array.Resize(ref body, Math.Min(2 * filled, MaxBytes + 1));
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        bool isTruncated = filled > MaxBytes;
        Array.Resize(ref body, Math.Min(filled, MaxBytes));
        return (body, isTruncated);
    }
}
