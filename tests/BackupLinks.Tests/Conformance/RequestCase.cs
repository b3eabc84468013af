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
/// <param name="What">
/// What it requests: <c>instances</c>, or the name of a kind of link; and of several kinds of log, the kind.
/// </param>
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

    /// <summary>The log, and its kind; null for another request.</summary>
    public LogSample? Log { get; init; }

    /// <summary>True for one instance that is requested by its id.</summary>
    public bool IsSingle { get; init; }

    /// <summary>The names of these requests, for a theory.</summary>
    public static TheoryData<string> Names(Func<RequestCase, bool> isWanted) =>
        [.. All.Where(isWanted).Select(request => request.Name)];

    /// <summary>The request of a name.</summary>
    public static RequestCase Find(string name) => All.Single(request => request.Name == name);

    /// <summary>The ids of the service's examples, which the sandbox has, too.</summary>
    public LinkIds SampleIds => Log is { } log
        ? new LinkIds(log.InstanceId ?? Service.SampleIds.InstanceId, null, log.LogId) : Service.SampleIds;

    /// <summary>The ids that can have another value: the only log of an instance has no other id.</summary>
    public IEnumerable<string> VariableIds => Ids.Where(id => id != nameof(LinkIds.LogId) || Log?.IsOnlyOne != true);

    /// <summary>How many requests one page takes.</summary>
    public int RequestCount => What.StartsWith("instance", StringComparison.Ordinal) && !IsSingle
        ? Service.RequestsOfInstances
        : Kind is not null && Log is null ? Service.RequestsOfBackupLinks : 1;

    /// <summary>True where the list has the state of an entry.</summary>
    public bool HasStatus => Log?.HasStatus ?? Service.BackupWords.Status is not null;

    /// <summary>True for an id that the request does not have, because it is looked for in a list.</summary>
    public bool IsFoundInList(string id) => Kind is not null && id switch
    {
        nameof(LinkIds.BackupId) => Service.FindsBackupsInList,
        nameof(LinkIds.LogId) => Log!.IsFoundInList,
        _ => false,
    };

    /// <summary>The sample ids with another value for one of them.</summary>
    public LinkIds With(string name, string value) => name switch
    {
        nameof(LinkIds.InstanceId) => SampleIds with { InstanceId = value },
        nameof(LinkIds.BackupId) => SampleIds with { BackupId = value },
        _ => SampleIds with { LogId = value },
    };

    /// <summary>
    /// The value as an id of the same kind of log: with what comes before the name, where the service has several.
    /// </summary>
    public string ToId(string name, string value) =>
        name == nameof(LinkIds.LogId) && Service.LogKinds.Count > 1 && Log!.LogId.LastIndexOf('/') is var end and > 0
            ? Log.LogId[..(end + 1)] + value : value;

    /// <summary>The request for the logs of the kind that a filter chooses.</summary>
    public ServiceRequest<ILog> Logs(string instance, LogFilter filter) => Service.Logs(
        new InstanceReference(instance, null) { Engine = Log!.Engine }, filter with { Kinds = [Log.Kind] });

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

        bool isOneKind = service.LogKinds.Count == 1;
        foreach (var log in service.LogSamples.Where(log => log.IsListed))
        {
            RequestCase? request = null;
            yield return request = new(
                service, isOneKind ? "logs" : $"logs {log.Kind}", instance,
                (session, ids) => Read(request!.Logs(ids.InstanceId!, new LogFilter()), session)) { Log = log };
        }

        foreach (var kind in service.LinkKinds)
        {
            bool isOfLog = kind.Ids.Contains(nameof(LinkIds.LogId));
            foreach (var log in isOfLog ? service.LogSamples.Cast<LogSample?>() : [null])
            {
                yield return new(
                    service, log is null || isOneKind ? kind.Name : $"{kind.Name} {log.Kind}",
                    [.. kind.Ids.Intersect(AllIds)],
                    (session, ids) => Read(service.Links(ids, new LinkOptions()), session)) { Kind = kind, Log = log };
            }
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
