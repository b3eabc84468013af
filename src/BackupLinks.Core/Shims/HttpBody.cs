using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
#if NET8_0_OR_GREATER
using System;
#endif

namespace BackupLinks.Shims;

/// <summary>The body of an answer, as it comes.</summary>
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

    /// <summary>Waits until there is something to read, without a buffer; where the framework cannot, returns at once.</summary>
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

    public static
#if NET8_0_OR_GREATER
        ValueTask<int>
#else
        Task<int>
#endif
        ReadAsync(Stream body, byte[] buffer, int count, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        return body.ReadAsync(buffer.AsMemory(0, count), cancellationToken);
#else
        return body.ReadAsync(buffer, 0, count, cancellationToken);
#endif
    }
}
