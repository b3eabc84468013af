using System;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <inheritdoc/>
internal sealed record TaurusDbLogLinkRequest(string InstanceId, string LogId)
    : DatabaseLogLinkRequest(InstanceId, LogId)
{
    // "The link is valid for 5 minutes", says the SDK's model of the slow log.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(5);

    private const double KilobytesPerByte = 1.0 / 1024;

    private protected override string[] Kinds => TaurusDbLogsRequest.KindNames;

    /// <summary>The request that a link came from.</summary>
    public static TaurusDbLogLinkRequest From(LinkProperties link) =>
        new(link.Require(nameof(TaurusDbLogLink.InstanceId)), link.Require(nameof(TaurusDbLogLink.LogId)));

    private protected override DatabaseLogCall GetCall(DatabaseLogId id) => id.Kind switch
    {
        DatabaseLogId.Audit => new("audit-log-link", $"{{\"ids\":[{Quote(id.Name ?? "")}]}}", LinkLifetime),
        DatabaseLogId.Ddl => new("ddl-log/download", $"{{\"log_ids\":[{Quote(id.Name ?? "")}]}}", LinkLifetime)
        {
            KilobytesPerUnit = KilobytesPerByte,
        },
        DatabaseLogId.Slow => new(Node(id) + "/slowlog-download", null, LinkLifetime) { IsExport = true },
        _ => new(Node(id) + "/errorlog-download", null, LinkLifetime) { IsExport = true },
    };

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DatabaseLogsResponse response, DatabaseLogItem item) =>
        new TaurusDbLogLink(file, origin, InstanceId, LogId, item);

    private static string Node(DatabaseLogId id) => ServiceEndpoint.PathSegment(id.Name ?? "", "node id");
}
