using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>
/// The backups of an instance of a database service (<c>GET /v3/{project}/backups</c>). The service lists some types
/// only when they are requested, one at a time.
/// </summary>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal abstract record DatabaseBackupsRequest(InstanceReference Instance, BackupFilter Filter)
    : HuaweiListRequest<DatabaseBackupsResponse, DatabaseBackupItem, IBackup>
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    // The API takes both ends of a time or none; no backup is older.
    private static readonly DateTimeOffset Earliest = new(2010, 1, 1, 0, 0, 0, Beijing);

    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the backups of {Instance}";

    private protected override JsonTypeInfo<DatabaseBackupsResponse> ResponseType =>
        DatabaseListJson.Default.DatabaseBackupsResponse;

    /// <summary>The types as the service spells them; it compares exactly.</summary>
    private protected abstract IReadOnlyList<string> Types { get; }

    /// <summary>The path of the list after the project, with or without a query.</summary>
    private protected virtual string ListPath =>
        "backups?instance_id=" + ServiceEndpoint.QueryValue(Instance.Id, "instance id");

    /// <summary>The request for backups of a type that has a list of its own; null for others.</summary>
    private protected virtual ServiceRequest<IBackup>? FindRequest(string type) => null;

    /// <summary>Makes a backup of a record that has an id.</summary>
    private protected abstract IBackup ToBackup(DatabaseBackupItem record, HuaweiScope scope);

    /// <summary>A whole second as the service takes it.</summary>
    private protected virtual string TimeText(DateTimeOffset second) =>
        second.ToOffset(Beijing).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0800";

    private protected override IListing<IBackup> Open(HuaweiSession session)
    {
        string query = ListPath + TimeQuery(session);
        string[] types = [.. Filter.Types.Select(Spell).Distinct(StringComparer.Ordinal)];
        return Filter.Apply(
            types.Length == 0 ? List(query, Filter.IsWanted) : new ListingChain<IBackup>([.. types.Select(ListType)]),
            Instance, session.Service.BackupWords.IncrementalTypes, session.GetHostTime);

        IListing<IBackup> ListType(string type) => FindRequest(type)?.Open((ServiceSession)session) ?? List(
            $"{query}&backup_type={PercentEncoding.Encode(type)}",
            backup => backup.IsOfType(type) && Filter.IsWanted(backup));

        IListing<IBackup> List(string path, Func<IBackup, bool> isWanted) =>
            new Listing<IBackup>(Page(session, path, static backup => backup.BackupId), isWanted);
    }

    private protected override IBackup? ToResult(DatabaseBackupItem record, HuaweiScope scope) =>
        string.IsNullOrWhiteSpace(record.Id) ? null : ToBackup(record, scope);

    private string Spell(string type) =>
        Types.FirstOrDefault(word => string.Equals(word, type, StringComparison.OrdinalIgnoreCase)) ?? type;

    // In whole seconds: rather a second too much than a backup too few.
    private string TimeQuery(HuaweiSession session)
    {
        if ((Filter.Since, Filter.Until) is (null, null))
            return "";
        var begin = WireTime.ToSecond(Filter.Since ?? Earliest, up: false);
        var end = WireTime.ToSecond(Filter.Until ?? session.GetHostTime().AddDays(1), up: true);
        return $"{(ListPath.IndexOf('?') < 0 ? '?' : '&')}begin_time={PercentEncoding.Encode(TimeText(begin))}"
            + $"&end_time={PercentEncoding.Encode(TimeText(end))}";
    }
}
