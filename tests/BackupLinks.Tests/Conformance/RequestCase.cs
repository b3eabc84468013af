using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>One request that a registered service has. The suites run over all of them.</summary>
/// <param name="Service">The service.</param>
/// <param name="What">What it requests: <c>instances</c>, or the name of a kind of link.</param>
/// <param name="Ids">The ids that it needs: <c>InstanceId</c>, <c>BackupId</c>, <c>LogId</c>.</param>
/// <param name="Open">Begins to send it with these ids; each call reads a page.</param>
internal sealed record RequestCase(
    BackupService Service, string What, IReadOnlyList<string> Ids,
    Func<ServiceSession, LinkIds, Func<Task<IResultPage<object>>>> Open)
{
    private static readonly string[] AllIds =
        [nameof(LinkIds.InstanceId), nameof(LinkIds.BackupId), nameof(LinkIds.LogId)];

    /// <summary>The requests of all services.</summary>
    public static IReadOnlyList<RequestCase> All { get; } = [.. Clouds.Registry.Services.SelectMany(FindAll)];

    /// <summary>The name in the list of tests.</summary>
    public string Name => $"{Service.Key} {What}";

    /// <summary>The kind of link; null for a list.</summary>
    public LinkKind? Kind { get; init; }

    /// <summary>True for one instance that is requested by its id.</summary>
    public bool IsSingle { get; init; }

    /// <summary>The names of these requests, for a theory.</summary>
    public static TheoryData<string> Names(Func<RequestCase, bool> isWanted) =>
        [.. All.Where(isWanted).Select(request => request.Name)];

    /// <summary>The request of a name.</summary>
    public static RequestCase Find(string name) => All.Single(request => request.Name == name);

    /// <summary>The ids of the service's examples, which the sandbox has, too.</summary>
    public LinkIds SampleIds =>
        IsOfLog ? Service.SampleIds with { BackupId = null } : Service.SampleIds with { LogId = null };

    private bool IsOfLog => Ids.Contains(nameof(LinkIds.LogId));

    /// <summary>The sample ids with another value for one of them.</summary>
    public LinkIds With(string name, string value) => name switch
    {
        nameof(LinkIds.InstanceId) => SampleIds with { InstanceId = value },
        nameof(LinkIds.BackupId) => SampleIds with { BackupId = value },
        _ => SampleIds with { LogId = value },
    };

    private static IEnumerable<RequestCase> FindAll(BackupService service)
    {
        string[] instance = [nameof(LinkIds.InstanceId)];
        if (service.ListsInstances)
        {
            yield return new(
                service, "instances", [], (session, _) => Read(service.Instances(new InstanceFilter()), session));
            yield return new(
                service, "instance", instance,
                (session, ids) => Read(service.Instances(new InstanceFilter { InstanceId = ids.InstanceId }),
                    session)) { IsSingle = true };
        }

        if (service.ListsBackups)
        {
            yield return new(
                service, "backups", instance,
                (session, ids) =>
                    Read(service.Backups(new InstanceReference(ids.InstanceId!, null), new BackupFilter()), session));
        }

        // A service of several kinds sends a request for each: its own tests cover that.
        if (service.LogKinds.Count == 1)
        {
            yield return new(
                service, "logs", instance,
                (session, ids) =>
                    Read(service.Logs(new InstanceReference(ids.InstanceId!, null), new LogFilter()), session));
        }

        foreach (var kind in service.LinkKinds)
        {
            yield return new(
                service, kind.Name, [.. kind.Ids.Intersect(AllIds)],
                (session, ids) => Read(service.Links(ids, new LinkOptions()), session)) { Kind = kind };
        }
    }

    /// <summary>Reads the pages of a request.</summary>
    public static Func<Task<IResultPage<object>>> Read<T>(ServiceRequest<T> request, ServiceSession session)
        where T : class
    {
        IListing<T>? listing = null;
        return async () => await (listing ??= request.Open(session)).NextAsync(CancellationToken.None);
    }
}
