using System;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Rds;

/// <inheritdoc/>
internal sealed record RdsLogLinkRequest(string InstanceId, string LogId) : DatabaseLogLinkRequest(InstanceId, LogId)
{
    // "This link is valid for 5 minutes", say the pages of the slow logs and of the audit logs.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(5);

    private const double KilobytesPerByte = 1.0 / 1024;

    private protected override string[] Kinds => RdsLogsRequest.KindNames;

    /// <summary>The request that a link came from.</summary>
    public static RdsLogLinkRequest From(LinkProperties link) =>
        new(link.Require(nameof(RdsLogLink.InstanceId)), link.Require(nameof(RdsLogLink.LogId)));

    private protected override DatabaseLogCall GetCall(DatabaseLogId id) => id.Kind switch
    {
        DatabaseLogId.Audit => new("auditlog-links", $"{{\"ids\":[{Quote(id.Name ?? "")}]}}", LinkLifetime),
        DatabaseLogId.Xel => new("xellog-download", $"{{\"file_name\":{Quote(id.Name ?? "")}}}", LinkLifetime)
        {
            IsExport = true,
        },
        DatabaseLogId.Slow => new(
            "slowlog-download", id.Name is { } name ? $"{{\"file_name\":{Quote(name)}}}" : "{}", LinkLifetime)
        {
            IsExport = true, KilobytesPerUnit = KilobytesPerByte,
        },
        // The page of the error log has no body.
        _ => new("errorlog-download", null, LinkLifetime)
        {
            IsExport = true, KilobytesPerUnit = KilobytesPerByte,
        },
    };

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DatabaseLogsResponse response, DatabaseLogItem item) =>
        new RdsLogLink(file, origin, InstanceId, LogId, item);
}
