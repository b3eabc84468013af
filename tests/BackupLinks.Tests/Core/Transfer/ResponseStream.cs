using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// The body of a response, as a connection gives it: without a position. A derived body reads in its own way whichever
/// method the module calls.
/// </summary>
/// <param name="content">The bytes.</param>
internal abstract class ResponseStream(byte[] content) : MemoryStream(content, writable: false)
{
    public override bool CanSeek => false;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
