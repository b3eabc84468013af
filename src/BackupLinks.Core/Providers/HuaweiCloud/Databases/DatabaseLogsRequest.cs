using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>The logs of an instance of a database service, one kind after the other.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its logs.</param>
internal abstract record DatabaseLogsRequest(InstanceReference Instance, LogFilter Filter) : ServiceRequest<ILog>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    /// <summary>The kinds of log that the service has.</summary>
    private protected abstract IReadOnlyList<string> Kinds { get; }

    /// <summary>False for a kind that the engine of the instance does not have.</summary>
    private protected virtual bool HasKind(string kind) => true;

    /// <summary>Lists the logs of one kind.</summary>
    private protected abstract IListing<ILog> Open(HuaweiSession session, string kind);

    /// <summary>Lists the logs of each kind.</summary>
    private protected virtual IEnumerable<IListing<ILog>> Open(HuaweiSession session, IEnumerable<string> kinds) =>
        kinds.Select(kind => Open(session, kind));

    private protected sealed override IListing<ILog> Begin(ServiceSession session)
    {
        bool isAnyKind = Filter.Kinds.Count == 0;
        // The provider refuses a kind that was named and that the engine lacks: the caller reads that.
        var kinds = Kinds.Where(
            kind => isAnyKind ? HasKind(kind) : Filter.Kinds.Contains(new DatabaseLogId(kind).LogKind));
        var listings = Open((HuaweiSession)session, kinds)
            .Select(listing => isAnyKind ? new Optional(listing) : listing)
            .ToArray();
        IListing<ILog> all = listings.Length == 0
            ? new Fixed(static _ => Task.FromResult<IReadOnlyList<ILog>>([]))
            : new ListingChain<ILog>(listings);
        return Filter.Latest ? new LatestLogs(all) : all;
    }

    /// <summary>Logs that the service does not list, and exports on request.</summary>
    /// <param name="session">The session.</param>
    /// <param name="toLogs">Makes the logs.</param>
    private protected IListing<ILog> Exported(HuaweiSession session, Func<HuaweiScope, IEnumerable<ILog>> toLogs) =>
        new Fixed(async stop =>
        {
            var project = await session.OpenAsync(stop).ConfigureAwait(false);
            return [.. toLogs(new HuaweiScope(session.Region, project.Id)).Where(Filter.IsWanted)];
        });

    /// <summary>Logs that one request tells.</summary>
    private protected sealed class Fixed(Func<CancellationToken, Task<IReadOnlyList<ILog>>> getAsync) : IListing<ILog>
    {
        public async Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken) =>
            new ResultPage<ILog>(await getAsync(cancellationToken).ConfigureAwait(false), [], HasMore: false);
    }

    /// <summary>True for the refusal of a kind that the engine, or the cloud, does not have.</summary>
    private protected static bool IsAbsent(ApiException e) => e.StatusCode is not null
        && (e.Kind == ErrorKind.InvalidRequest || e.ErrorCode is "APIGW.0101" or "APIG.0101");

    // A service refuses the kinds that the engine of the instance does not have, and a partner cloud may not have the
    // API. Only the caller who names a kind must know.
    private sealed class Optional(IListing<ILog> listing) : IListing<ILog>
    {
        public async Task<IResultPage<ILog>> NextAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException e) when (IsAbsent(e))
            {
                return new ResultPage<ILog>([], [], HasMore: false);
            }
        }
    }
}
