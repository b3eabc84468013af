using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Links;

namespace BackupLinks.Pipeline;

/// <summary>One item of pipeline input on its way to a provider.</summary>
/// <param name="Target">The item, for its errors.</param>
/// <param name="Subject">The item as it reads at the start of a sentence.</param>
/// <param name="AskAsync">Asks the provider.</param>
internal sealed record LinkQuestion<TLink>(object Target, string Subject, Func<CancellationToken, Task<LinkList<TLink>>> AskAsync)
    where TLink : DownloadLink;
