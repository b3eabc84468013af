using System;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A body that never sends a byte, nor an end.</summary>
internal sealed class SilentBody() : ResponseStream([])
{
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }
}
