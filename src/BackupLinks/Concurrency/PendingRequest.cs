using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;
using BackupLinks.Parameters;

namespace BackupLinks.Concurrency;

/// <summary>One item of pipeline input on its way to a provider.</summary>
/// <param name="Item">The item.</param>
/// <param name="SendAsync">Asks the provider; again, as long as an answer says that there is more.</param>
internal sealed record PendingRequest<TResult>(RequestItem Item, Func<CancellationToken, Task<IResultPage<TResult>>> SendAsync);
