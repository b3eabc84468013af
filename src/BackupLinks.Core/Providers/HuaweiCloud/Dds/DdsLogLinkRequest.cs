using System;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dds;

/// <inheritdoc/>
internal sealed record DdsLogLinkRequest(string InstanceId, string LogId) : DatabaseLogLinkRequest(InstanceId, LogId)
{
    private static readonly TimeSpan AuditLinkLifetime = TimeSpan.FromMinutes(5);

    private protected override string[] Kinds => DdsLogsRequest.KindNames;

    /// <summary>The request that a link came from.</summary>
    public static DdsLogLinkRequest From(LinkProperties link) =>
        new(link.Require(nameof(DdsLogLink.InstanceId)), link.Require(nameof(DdsLogLink.LogId)));

    // An empty body exports the logs of all nodes.
    private protected override DatabaseLogCall GetCall(DatabaseLogId id) => id.Kind switch
    {
        DatabaseLogId.Audit => new("auditlog-links", $"{{\"ids\":[{Quote(id.Name ?? "")}]}}", AuditLinkLifetime),
        DatabaseLogId.Slow => new("slowlog-download", "{}", DdsService.BackupLinkLifetime) { IsExport = true },
        _ => new("errorlog-download", "{}", DdsService.BackupLinkLifetime) { IsExport = true },
    };

    private protected override DownloadLink ToLink(
        LinkFields file, HuaweiLinkOrigin origin, DatabaseLogsResponse response, DatabaseLogItem item) =>
        new DdsLogLink(file, origin, InstanceId, LogId, item);
}
