using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>The backups of a DCS instance (<c>GET /v2/{project}/instances/{instance}/backups</c>).</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record DcsBackupsRequest(InstanceReference Instance, BackupFilter Filter)
    : HuaweiListRequest<DcsBackupsResponse, DcsBackupItem, IBackup>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Version => DcsApiVersion.V2;

    private protected override string Subject => $"the backups of {Instance}";

    private protected override JsonTypeInfo<DcsBackupsResponse> ResponseType => DcsListJson.Default.DcsBackupsResponse;

    private protected override IListing<IBackup> Open(HuaweiSession session)
    {
        string?[] times = [Time("begin_time", Filter.Since, up: false), Time("end_time", Filter.Until, up: true)];
        string query = string.Join("&", times.OfType<string>());
        string path = $"instances/{ServiceEndpoint.PathSegment(Instance.Id, "instance id")}/backups";
        return Filter.Apply(
            Page(session, query.Length == 0 ? path : path + "?" + query, static backup => backup.BackupId),
            Instance, [], session.GetHostTime);
    }

    private protected override IBackup? ToResult(DcsBackupItem record, HuaweiScope scope) =>
        string.IsNullOrWhiteSpace(record.BackupId) ? null : new DcsBackup(record, scope, Instance);

    // UTC, in whole seconds: rather a second too much than a backup too few.
    private static string? Time(string name, DateTimeOffset? time, bool up)
    {
        if (time is not { } value)
            return null;
        var second = WireTime.ToSecond(value, up).ToUniversalTime();
        return $"{name}={second.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
    }
}
