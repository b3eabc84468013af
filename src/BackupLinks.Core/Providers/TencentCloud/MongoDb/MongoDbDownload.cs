using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.TencentCloud.MongoDb;

/// <summary>
/// The files of a backup, which tasks make: one for each shard. Tasks of an earlier request serve until their addresses
/// expire.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="session">The session.</param>
internal sealed class MongoDbDownload(TencentBackupLinksRequest request, TencentSession session)
{
    // The provider keeps finished tasks, also those that failed; a failure of an earlier day says nothing of today.
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Finds the files, and has them made when there are none.</summary>
    public Task<TencentFiles> FindAsync(CancellationToken cancellationToken) => FindAsync(null, cancellationToken);

    // After the tasks of these shards were created, they are waited for, and not created again.
    private async Task<TencentFiles> FindAsync(IReadOnlyList<string>? created, CancellationToken cancellationToken)
    {
        var tasks = await ListTasksAsync(cancellationToken).ConfigureAwait(false);
        if (tasks.FirstOrDefault(task => task.IsPending) is { } pending)
            return Pending(StateOf(pending), created);
        var now = session.GetHostTime();
        if (tasks.Any(task => task.HasFailed && TencentTime.Parse(task.CreateTime) > now - FailureLifetime))
            throw Failure();
        MongoDbTaskItem[] made = [.. tasks.Where(task => IsOfUse(task, now))];
        // Tasks that another program created may be for some of the shards only.
        var shards = created
            ?? await ListShardsAsync(made.Length == tasks.Count ? made : [], cancellationToken).ConfigureAwait(false);
        string[] absent = [.. shards.Where(shard => !made.Any(task => IsOf(task, shard, shards)))];
        if (absent.Length > 0)
        {
            if (created is null)
                await CreateAsync(absent, cancellationToken).ConfigureAwait(false);
            return Pending("created", shards);
        }

        return new TencentFiles(
        [
            .. made.Select(
                task => new TencentFile(null, task.Url, WireValue.Bytes(task.BackupSize))
                {
                    Part = WireValue.Text(task.ReplicaSetId),
                }),
        ]);
    }

    // The newest task of each shard. The list is the newest first, as far as the page says.
    private async Task<IReadOnlyList<MongoDbTaskItem>> ListTasksAsync(CancellationToken cancellationToken)
    {
        var response = await session.SendAsync(
            "DescribeBackupDownloadTask",
            new JsonObject { ["InstanceId"] = request.InstanceId, ["BackupName"] = request.BackupId, ["Limit"] = 100 },
            request.Subject, TencentMongoDbJson.Default.TencentEnvelopeMongoDbTasksResponse,
            static read => read.Tasks is not null || read.TotalCount == 0, cancellationToken).ConfigureAwait(false);
        return
        [
            .. (response?.Tasks ?? []).Select(task => task ?? new MongoDbTaskItem())
                .GroupBy(task => WireValue.Text(task.ReplicaSetId))
                .Select(group => group.OrderByDescending(task => TencentTime.Parse(task.CreateTime)).First())
                .OrderBy(task => task.ReplicaSetId, StringComparer.Ordinal),
        ];
    }

    private TencentFiles Pending(string state, IReadOnlyList<string>? created) => new([])
    {
        PendingState = state, FindAgainAsync = created is null ? null : stop => FindAsync(created, stop),
    };

    // A request whose response was lost is sent again. The second tasks are no harm, because the newest of each shard
    // is waited for; where the provider refuses them, there are the first.
    private async Task CreateAsync(IReadOnlyList<string> shards, CancellationToken cancellationToken)
    {
        try
        {
            await session.SendAsync(
                "CreateBackupDownloadTask",
                new JsonObject
                {
                    ["InstanceId"] = request.InstanceId,
                    ["BackupName"] = request.BackupId,
                    ["BackupSets"] = new JsonArray(
                        [.. shards.Select(shard => new JsonObject { ["ReplicaSetId"] = shard })]),
                },
                request.Subject, TencentMongoDbJson.Default.TencentEnvelopeMongoDbTasksResponse,
                static read => read.Tasks is not { Count: 0 }, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException)
        {
            if (!await HasTasksAsync(shards, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    private async Task<bool> HasTasksAsync(IReadOnlyList<string> shards, CancellationToken cancellationToken)
    {
        try
        {
            var tasks = await ListTasksAsync(cancellationToken).ConfigureAwait(false);
            var now = session.GetHostTime();
            return shards.All(
                shard => tasks.Any(task => IsOf(task, shard, shards) && (task.IsPending || IsOfUse(task, now))));
        }
        catch (ApiException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> ListShardsAsync(
        IReadOnlyList<MongoDbTaskItem> made, CancellationToken cancellationToken)
    {
        var response = await session.SendAsync(
            "DescribeDBInstances",
            new JsonObject { ["InstanceIds"] = new JsonArray(JsonValue.Create(request.InstanceId)), ["Limit"] = 1 },
            ScreenText.Sentence($"the shards of instance '{request.InstanceId}'"),
            TencentMongoDbJson.Default.TencentEnvelopeMongoDbShardsResponse, static _ => true, cancellationToken)
            .ConfigureAwait(false);
        var instance = (response?.InstanceDetails ?? []).FirstOrDefault(item => item?.InstanceId == request.InstanceId);
        string[] shards =
        [
            .. (instance?.ReplicaSets ?? []).Select(shard => WireValue.Text(shard?.ReplicaSetId)).OfType<string>(),
        ];
        // The only one of a replica set is known without the list; a cluster is never taken for less than it is. The
        // files of an instance that is no longer in the list are served if they were made.
        return shards.Length > 0 ? shards
            : WireValue.Text(instance?.ClusterType) == "0" ? [request.InstanceId + "_0"]
            : instance is null && IsFromFirst(made) ? []
            : throw session.Client.BadEntry(request.Subject, "the list of shards");
    }

    // Shards have the numbers from 0; names of another form say nothing.
    private bool IsFromFirst(IReadOnlyList<MongoDbTaskItem> made)
    {
        string?[] names = [.. made.Select(task => WireValue.Text(task.ReplicaSetId))];
        return names.Length > 0
            && (names.Any(name => name?.StartsWith(request.InstanceId + "_", StringComparison.Ordinal) != true)
                || Enumerable.Range(0, names.Length).All(
                    number => names.Contains(FormattableString.Invariant($"{request.InstanceId}_{number}"))));
    }

    private static bool IsOf(MongoDbTaskItem task, string shard, IReadOnlyList<string> shards) =>
        WireValue.Text(task.ReplicaSetId) is { } name ? name == shard : shards.Count == 1;

    // One that is done, and whose address is still valid.
    private static bool IsOfUse(MongoDbTaskItem task, DateTimeOffset now) =>
        !task.IsPending && !task.HasFailed
            && !(PresignedUri.TryParse(task.Url, out var address) && PresignedUri.GetExpiry(address!) <= now);

    private static string StateOf(MongoDbTaskItem task) => WireValue.Text(task.Status) switch
    {
        "0" => "waiting",
        "4" => "waiting for another attempt",
        _ => "running",
    };

    private ApiException Failure() => new(
        ErrorKind.NotReady,
        $"{session.Service.Provider.Name} could not make the files of {request.Subject}; request them again in "
            + $"{FailureLifetime.TotalMinutes:0} minutes.");
}
