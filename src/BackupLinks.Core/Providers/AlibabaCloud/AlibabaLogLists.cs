using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
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
        bool isCluster = false;
        var alternatives = new List<Alternative<AlibabaLogItem>>();
        alternatives.AddRange(actions.Select(OfInstance));
        if (service.HasNodes)
            alternatives.AddRange(actions.Select(OfNodes));
        if (isOptional)
            alternatives.Add(Alternative<AlibabaLogItem>.Of(static () => null));
        return new AlternativeListing<AlibabaLogItem>(
            alternatives, AlibabaErrorCodes.MayBeOfAnotherKind, AlibabaErrorCodes.IsOfAnotherKind);

        Alternative<AlibabaLogItem> OfInstance(AlibabaLogAction action) =>
            Alternative<AlibabaLogItem>.Of(() => OpenNode(action, null, start, end)) with
            {
                MayBeForInstance = async stop => !isOptional && !isCluster
                    && await IsForEngineAsync(action, stop).ConfigureAwait(false),
            };

        Alternative<AlibabaLogItem> OfNodes(AlibabaLogAction action) => new(async stop =>
        {
            var nodes = await service.FindNodesAsync(session, instance.Id, stop).ConfigureAwait(false);
            isCluster = nodes.Count > 0;
            return isCluster
                ? new ListingChain<AlibabaLogItem>([.. nodes.Select(node => OpenNode(action, node, start, end))])
                : null;
        })
        {
            MayBeForInstance = _ => Task.FromResult(!isOptional),
        };
    }

    // False only for an engine that is known.
    private async Task<bool> IsForEngineAsync(AlibabaLogAction action, CancellationToken cancellationToken)
    {
        if (action.Engines.Count == 0)
            return true;
        try
        {
            string? engine = await service.FindEngineAsync(session, instance.Id, cancellationToken)
                .ConfigureAwait(false);
            return engine is null || action.Engines.Contains(engine, StringComparer.OrdinalIgnoreCase);
        }
        catch (ApiException)
        {
            // The refusal of the logs is the error.
            return true;
        }
    }

    /// <summary>The logs of one node; those of an instance of one node for null.</summary>
    public IListing<AlibabaLogItem> OpenNode(
        AlibabaLogAction action, string? node, DateTimeOffset start, DateTimeOffset end) =>
        new AlibabaLogListRequest(service, instance, action, node, start, end).Open((ServiceSession)session);
}
