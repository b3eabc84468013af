using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Transfer;

/// <summary>
/// A body whose first bytes were read before: it begins with them, and continues with the rest. One that broke behind
/// them breaks there for its next reader too: what is left of the connection may look like the end.
/// </summary>
/// <param name="beginning">The first bytes.</param>
/// <param name="rest">The body behind them.</param>
/// <param name="failure">How it broke; null for a body that goes on.</param>
internal sealed class PeekedBody(ArraySegment<byte> beginning, Stream rest, Exception? failure) : ReadOnlyStream
{
    private int _position;

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int left = beginning.Count - _position;
        if (left == 0 && failure is not null)
        {
            throw failure is OperationCanceledException or TimeoutException
                ? new TimeoutException(failure.Message, failure) : new IOException(failure.Message, failure);
        }

        if (left == 0)
            return await rest.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        int taken = Math.Min(count, left);
        Array.Copy(beginning.Array!, beginning.Offset + _position, buffer, offset, taken);
        _position += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
