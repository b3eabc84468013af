using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.Concurrency;

/// <summary>One item of pipeline input on its way to a provider.</summary>
/// <param name="Item">The item.</param>
/// <param name="SendAsync">Sends the request for it; again for the next page, as long as there is one.</param>
internal sealed record PendingRequest(RequestItem Item, Func<CancellationToken, Task<IResultPage<object>>> SendAsync)
{
    /// <summary>True while the request waits for its next attempt.</summary>
    public Func<bool> IsWaiting { get; init; } = static () => false;
}
