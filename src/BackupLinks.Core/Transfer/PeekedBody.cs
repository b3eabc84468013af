using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Transfer;

/// <summary>A body whose first bytes were read before: it begins with them, and continues with the rest.</summary>
/// <param name="beginning">The first bytes.</param>
/// <param name="rest">The body behind them.</param>
internal sealed class PeekedBody(ArraySegment<byte> beginning, Stream rest) : ReadOnlyStream
{
    private int _position;

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int left = beginning.Count - _position;
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
