using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>The lists of log files of an instance.</summary>
/// <param name="service">The service.</param>
/// <param name="instance">The instance.</param>
/// <param name="session">The session.</param>
internal sealed class AlibabaLogLists(
    AlibabaDatabaseService service, InstanceReference instance, AlibabaSession session)
{
    /// <summary>
    /// The logs of one kind. Each engine has its action, and the nodes of a cluster have lists of their own.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="isOptional">True when the refusal of an instance that has none is an empty list.</param>
    /// <param name="start">The logs end after this.</param>
    /// <param name="end">The logs begin before this.</param>
    public IListing<AlibabaLogItem> Open(LogKind kind, bool isOptional, DateTimeOffset start, DateTimeOffset end)
    {
        var actions = service.LogActions.Where(action => action.Kind == kind).ToArray();
        var alternatives = new List<Func<CancellationToken, Task<IListing<AlibabaLogItem>?>>>();
        alternatives.AddRange(actions.Select(Alternative));
        if (service.HasNodes)
            alternatives.AddRange(actions.Select(NodeAlternative));
        if (isOptional)
            alternatives.Add(static _ => Task.FromResult<IListing<AlibabaLogItem>?>(null));
        return new AlternativeListing<AlibabaLogItem>(alternatives, AlibabaErrorCodes.IsOfAnotherKind);

        Func<CancellationToken, Task<IListing<AlibabaLogItem>?>> Alternative(AlibabaLogAction action) =>
            _ => Task.FromResult<IListing<AlibabaLogItem>?>(OpenNode(action, null, start, end));

        Func<CancellationToken, Task<IListing<AlibabaLogItem>?>> NodeAlternative(AlibabaLogAction action) =>
            async stop =>
            {
                var nodes = await service.FindNodesAsync(session, instance.Id, stop).ConfigureAwait(false);
                return nodes.Count == 0
                    ? null
                    : new ListingChain<AlibabaLogItem>([.. nodes.Select(node => OpenNode(action, node, start, end))]);
            };
    }

    /// <summary>The logs of one node; those of an instance of one node for null.</summary>
    public IListing<AlibabaLogItem> OpenNode(
        AlibabaLogAction action, string? node, DateTimeOffset start, DateTimeOffset end) =>
        new AlibabaLogListRequest(service, instance, action, node, start, end).Open((ServiceSession)session);
}
