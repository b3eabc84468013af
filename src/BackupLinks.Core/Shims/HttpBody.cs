using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Shims;

/// <summary>The body of a response, as it comes.</summary>
internal static class HttpBody
{
    public static Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        return content.ReadAsStreamAsync(cancellationToken);
#else
        _ = cancellationToken;
        return content.ReadAsStreamAsync();
#endif
    }

    /// <summary>
    /// Waits until there is something to read, without a buffer; where the framework cannot, returns at once.
    /// </summary>
    public static
#if NET8_0_OR_GREATER
        ValueTask<int>
#else
        Task<int>
#endif
        WaitAsync(Stream body, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        return body.ReadAsync(Memory<byte>.Empty, cancellationToken);
#else
        _ = (body, cancellationToken);
        return Task.FromResult(0);
#endif
    }

#if NET8_0_OR_GREATER
    public static ValueTask<int> ReadAsync(
        Stream body, byte[] buffer, int count, CancellationToken cancellationToken) =>
        body.ReadAsync(buffer.AsMemory(0, count), cancellationToken);
#else
    // .NET Framework reads on, whatever the token says; closing the body is all that it understands.
    public static async Task<int> ReadAsync(Stream body, byte[] buffer, int count, CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(static body => ((Stream)body!).Dispose(), body))
        {
            try
            {
                return await body.ReadAsync(buffer, 0, count, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not OperationCanceledException)
            {
                throw new OperationCanceledException(e.Message, e, cancellationToken);
            }
        }
    }
#endif
}
