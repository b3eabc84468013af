using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>
/// The backups of an RDS instance (<c>GET /v3/{project}/backups</c>). The service lists some types only when they are
/// requested, one at a time.
/// </summary>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record RdsBackupsRequest(InstanceReference Instance, BackupFilter Filter)
    : HuaweiListRequest<RdsBackupsResponse, RdsBackupItem, IBackup>
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    // The API takes both ends of a time or none; no backup is older.
    private static readonly DateTimeOffset Earliest = new(2010, 1, 1, 0, 0, 0, Beijing);

    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the backups of {Instance}";

    private protected override JsonTypeInfo<RdsBackupsResponse> ResponseType => RdsListJson.Default.RdsBackupsResponse;

    private protected override IListing<IBackup> Open(HuaweiSession session)
    {
        string query = "backups?instance_id=" + ServiceEndpoint.QueryValue(Instance.Id, "instance id")
            + TimeQuery(session);
        string[] types = [.. Filter.Types.Select(type => type.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        return Filter.Apply(
            types.Length == 0 ? List(query, Filter.IsWanted) : new ListingChain<IBackup>([.. types.Select(ListType)]),
            Instance, session.GetHostTime);

        IListing<IBackup> ListType(string type) => List(
            $"{query}&backup_type={PercentEncoding.Encode(type)}", backup =>
                backup.IsOfType(type) && Filter.IsWanted(backup));

        IListing<IBackup> List(string path, Func<IBackup, bool> isWanted) =>
            new Listing<IBackup>(Page(session, path, static backup => backup.BackupId), isWanted);
    }

    private protected override IBackup? ToResult(RdsBackupItem record, HuaweiScope scope) =>
        string.IsNullOrWhiteSpace(record.Id) ? null : new RdsBackup(record, scope, Instance);

    private string TimeQuery(HuaweiSession session) => (Filter.Since, Filter.Until) is (null, null)
        ? ""
        : $"&begin_time={Time(Filter.Since ?? Earliest, up: false)}"
            + $"&end_time={Time(Filter.Until ?? session.GetHostTime().AddDays(1), up: true)}";

    // 2018-08-06T10:41:14+0800, in whole seconds: rather a second too much than a backup too few.
    private static string Time(DateTimeOffset time, bool up)
    {
        string text = WireTime.ToSecond(time, up).ToOffset(Beijing).ToString(
            "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return PercentEncoding.Encode(text + "+0800");
    }
}
