using System;
using System.Globalization;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>Relational Database Service: what there is of instances and backups.</summary>
internal sealed class RdsCatalog(HuaweiSession connection)
{
    // The documented most, for both lists.
    private const int EntriesPerPage = 100;

    private const string Version = "v3";
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    // The API takes both ends of a time or none; no backup is older.
    private static readonly DateTimeOffset Earliest = new(2010, 1, 1, 0, 0, 0, Beijing);

    /// <summary>The instances (<c>GET /v3/{project}/instances</c>).</summary>
    /// <param name="instanceId">The one instance to ask for, or else it is an error; null for all.</param>
    /// <param name="isWanted">True for an instance that is wanted.</param>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>: the id cannot be one.</exception>
    public IListing<RdsInstance> ListInstances(string? instanceId, Func<RdsInstance, bool> isWanted)
    {
        string subject = instanceId is null ? "the RDS instances" : ScreenText.Sentence($"RDS instance '{instanceId}'");
        string query = instanceId is null ? "" : "?id=" + ServiceEndpoint.QueryValue(instanceId, "instance id");
        var pager = HuaweiList.Create(
            connection, Version, "instances" + query, EntriesPerPage, subject, RdsListJson.Default.RdsInstancesResponse,
            static instance => instance.InstanceId,
            static (RdsInstanceItem item, HuaweiScope place) => string.IsNullOrWhiteSpace(item.Id) ? null : new RdsInstance(item, place));
        return instanceId is null
            ? new Listing<RdsInstance>(pager, isWanted)
            : new SingleEntry<RdsInstance>(pager, instance => instance.InstanceId == instanceId, isWanted, () => HuaweiSession.NotListed(subject));
    }

    /// <summary>
    /// The backups of an instance (<c>GET /v3/{project}/backups</c>). Some types are listed only when they are asked for,
    /// one at a time.
    /// </summary>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>: the id cannot be one.</exception>
    public IListing<RdsBackup> ListBackups(InstanceReference instance, BackupFilter filter)
    {
        string query = "instance_id=" + ServiceEndpoint.QueryValue(instance.Id, "instance id") + TimeQuery(filter.Since, filter.Until);
        string[] types = [.. filter.Types.Select(type => type.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        return filter.Apply<RdsBackup>(types.Length == 0
            ? ListBackups(instance, query, filter.IsWanted)
            : new ListingChain<RdsBackup>(
            [
                .. types.Select(type => ListBackups(
                    instance, $"{query}&backup_type={PercentEncoding.Encode(type)}", backup => ((IBackup)backup).IsOfType(type) && filter.IsWanted(backup))),
            ]), instance, connection.GetHostTime);
    }

    private Listing<RdsBackup> ListBackups(InstanceReference instance, string query, Func<RdsBackup, bool> isWanted) => new(
        HuaweiList.Create(
            connection, Version, "backups?" + query, EntriesPerPage, $"the backups of {instance}", RdsListJson.Default.RdsBackupsResponse,
            static backup => backup.BackupId,
            (RdsBackupItem item, HuaweiScope place) => string.IsNullOrWhiteSpace(item.Id) ? null : new RdsBackup(item, place, instance)),
        isWanted);

    private string TimeQuery(DateTimeOffset? since, DateTimeOffset? until) => (since, until) is (null, null)
        ? ""
        : $"&begin_time={Time(since ?? Earliest, up: false)}&end_time={Time(until ?? connection.GetHostTime().AddDays(1), up: true)}";

    // 2018-08-06T10:41:14+0800, in whole seconds: rather a second too much than a backup too few.
    private static string Time(DateTimeOffset time, bool up) =>
        PercentEncoding.Encode(WireTime.ToSecond(time, up).ToOffset(Beijing).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0800");
}
