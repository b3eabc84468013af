using System;
using System.Globalization;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>Distributed Cache Service: what there is of instances, backups and run logs.</summary>
internal sealed class DcsCatalog(HuaweiSession connection)
{
    // The documented most is 1,000; half of that stays well within the bound of an answer's size.
    private const int InstancesPerPage = 500;

    // No most is documented for these.
    private const int RecordsPerPage = 100;

    private const string QueryTime = "yyyyMMddHHmmss";

    /// <summary>The instances (<c>GET /v2/{project}/instances</c>).</summary>
    /// <param name="instanceId">The one instance to ask for, or else it is an error; null for all.</param>
    /// <param name="isWanted">True for an instance that is wanted.</param>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>: the id cannot be one.</exception>
    public IListing<DcsInstance> ListInstances(string? instanceId, Func<DcsInstance, bool> isWanted)
    {
        string subject = instanceId is null ? "the DCS instances" : ScreenText.Sentence($"DCS instance '{instanceId}'");
        string query = instanceId is null ? "" : "?instance_id=" + ServiceEndpoint.QueryValue(instanceId, "instance id");
        var pager = HuaweiList.Create(
            connection, DcsApiVersion.V2, "instances" + query, InstancesPerPage, subject, DcsListJson.Default.DcsInstancesResponse,
            static instance => instance.InstanceId,
            static (DcsInstanceItem item, HuaweiScope place) => HasId(item.InstanceId) ? new DcsInstance(item, place) : null);
        return instanceId is null
            ? new Listing<DcsInstance>(pager, isWanted)
            : new SingleEntry<DcsInstance>(pager, instance => instance.InstanceId == instanceId, isWanted, () => HuaweiSession.NotListed(subject));
    }

    /// <summary>The backups of an instance (<c>GET /v2/{project}/instances/{instance}/backups</c>).</summary>
    /// <inheritdoc cref="ListLogs"/>
    public IListing<DcsBackup> ListBackups(InstanceReference instance, BackupFilter filter)
    {
        string query = string.Join("&", new[] { Time("begin_time", filter.Since, up: false), Time("end_time", filter.Until, up: true) }.OfType<string>());
        return filter.Apply(new Listing<DcsBackup>(
            HuaweiList.Create(
                connection, DcsApiVersion.V2, $"instances/{ServiceEndpoint.PathSegment(instance.Id, "instance id")}/backups{(query.Length == 0 ? "" : "?" + query)}",
                RecordsPerPage, $"the backups of {instance}", DcsListJson.Default.DcsBackupsResponse,
                static backup => backup.BackupId,
                (DcsBackupItem item, HuaweiScope place) => HasId(item.BackupId) ? new DcsBackup(item, place, instance) : null),
            filter.IsWanted), instance, connection.GetHostTime);
    }

    /// <summary>The run logs of an instance that were collected (<c>GET /v2/{project}/instances/{instance}/redislog</c>).</summary>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>: the id cannot be one.</exception>
    public IListing<DcsLog> ListLogs(InstanceReference instance, Func<DcsLog, bool> isWanted, bool latest)
    {
        var logs = new Listing<DcsLog>(
            HuaweiList.Create(
                connection, DcsApiVersion.V2, $"instances/{ServiceEndpoint.PathSegment(instance.Id, "instance id")}/redislog?log_type=run", RecordsPerPage,
                $"the run logs of {instance}", DcsListJson.Default.DcsLogsResponse,
                static log => log.LogId,
                (DcsLogItem item, HuaweiScope place) => HasId(item.Id) ? new DcsLog(item, place, instance) : null),
            isWanted);
        return latest ? new LatestLogs(logs) : logs;
    }

    // UTC, in whole seconds: rather a second too much than a backup too few.
    private static string? Time(string name, DateTimeOffset? time, bool up) => time is not { } value
        ? null
        : $"{name}={WireTime.ToSecond(value, up).ToUniversalTime().ToString(QueryTime, CultureInfo.InvariantCulture)}";

    private static bool HasId(string? id) => !string.IsNullOrWhiteSpace(id);
}
