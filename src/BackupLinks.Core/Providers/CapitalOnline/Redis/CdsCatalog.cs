using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>Redis of Capital Online: what there is of instances and backups. Its lists come whole, on one page.</summary>
internal sealed class CdsCatalog(CapitalOnlineSession connection)
{
    /// <summary>The instances (<c>GET /redis/?Action=DescribeDBInstances</c>).</summary>
    /// <param name="instanceId">The one instance to ask for, or else it is an error; null for all.</param>
    /// <param name="isWanted">True for an instance that is wanted.</param>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>: the id cannot be one.</exception>
    public IListing<CdsInstance> ListInstances(string? instanceId, Func<CdsInstance, bool> isWanted)
    {
        string subject = instanceId is null ? "the Redis instances" : ScreenText.Sentence($"Redis instance '{instanceId}'");
        string query = "DescribeDBInstances" + (instanceId is null ? "" : "&InstanceUuid=" + ServiceEndpoint.QueryValue(instanceId, "instance id"));
        var pager = Create(
            query, subject, CdsListJson.Default.CdsInstancesResponse, static answer => answer.Code,
            static instance => instance.InstanceId,
            static (CdsInstanceData data) => string.IsNullOrWhiteSpace(data.InstanceUuid) ? null : new CdsInstance(data));
        return instanceId is null
            ? new Listing<CdsInstance>(pager, isWanted)
            : new SingleEntry<CdsInstance>(pager, instance => instance.InstanceId == instanceId, isWanted, () => CapitalOnlineSession.NotListed(subject));
    }

    /// <summary>The backups of an instance (<c>GET /redis/?Action=DescribeBackups</c>).</summary>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>: the id cannot be one.</exception>
    public IListing<CdsBackup> ListBackups(InstanceReference instance, BackupFilter filter) => filter.Apply(new Listing<CdsBackup>(
        Create(
            "DescribeBackups&InstanceUuid=" + ServiceEndpoint.QueryValue(instance.Id, "instance id"), $"the backups of {instance}",
            CdsListJson.Default.CdsBackupsResponse, static answer => answer.Code,
            static backup => backup.BackupId,
            (CdsDownloadData data) => string.IsNullOrWhiteSpace(data.BackupId) ? null : new CdsBackup(data, instance)),
        filter.IsWanted), instance, connection.GetHostTime);

    // A page without end: no second one is asked for.
    private Pager<T> Create<TAnswer, TRecord, T>(
        string query, string subject, JsonTypeInfo<TAnswer> type, Func<TAnswer, string?> code, Func<T, string> id, Func<TRecord, T?> create)
        where TAnswer : class, IListResponse<TRecord>
        where TRecord : class
        where T : class
    {
        return new Pager<T>(int.MaxValue, id, FetchPageAsync);

        async Task<ListPage<T>> FetchPageAsync(int? offset, CancellationToken cancellationToken)
        {
            var answer = await connection.Service.SendAsync(
                HttpMethod.Get, "redis/?Action=" + query, null, subject, type, read => code(read) == CdsDownloadResponse.Success, cancellationToken).ConfigureAwait(false);
            T?[] entries = [.. (answer?.Records ?? []).Select(record => record is null ? null : create(record))];
            int nameless = entries.Count(entry => entry is null);
            return new ListPage<T>(entries, null, nameless == 0 ? null : connection.Service.Nameless(subject, nameless));
        }
    }
}
