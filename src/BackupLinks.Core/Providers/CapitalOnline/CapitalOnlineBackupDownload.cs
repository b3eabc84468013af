using System;
using BackupLinks.Links;
using BackupLinks.Time;

namespace BackupLinks.CapitalOnline;

/// <summary>
/// A backup of a database service of Capital Online, with both of its addresses. A property is null where the response
/// does not state it. Source: Capital Online OpenAPI, "DownloadBackup". The API returns neither a file name (it is
/// taken from the address) nor an expiry.
/// </summary>
public abstract class CapitalOnlineBackupDownload : DownloadLink
{
    internal const string PublicNetwork = "Public";
    internal const string IntranetNetwork = "Intranet";

    private protected CapitalOnlineBackupDownload(
        LinkFields file, LinkOrigin origin, CapitalOnlineDownloadRequest request,
        CapitalOnlineDownloadResponse response)
        : base(Complete(file, request.Service, response.Data), origin)
    {
        var data = response.Data ?? new CapitalOnlineBackupData();
        InstanceId = request.InstanceId;
        BackupId = request.BackupId;
        Network = request.IsIntranet ? IntranetNetwork : PublicNetwork;
        PublicUri = PresignedUri.TryParse(data.BackupDownloadUrl, out var publicUri) ? publicUri : null;
        IntranetUri = PresignedUri.TryParse(data.BackupIntranetDownloadUrl, out var intranetUri) ? intranetUri : null;
        Status = NullIfEmpty(data.Status);
        BackupMode = NullIfEmpty(data.BackupMode);
        BackupStrategy = NullIfEmpty(data.BackupStrategy);
        TaskId = NullIfEmpty(response.TaskId);
        Description = NullIfEmpty(data.Desc);
        StartTime = WireTime.Parse(data.StartTime, CapitalOnlineBackup.Zone);
    }

    /// <summary>The instance (<c>InstanceUuid</c>).</summary>
    public string InstanceId { get; }

    /// <summary>The backup.</summary>
    public string BackupId { get; }

    /// <summary>
    /// Which of the two addresses <see cref="DownloadLink.Uri"/> is: <c>Public</c> or <c>Intranet</c>.
    /// </summary>
    public string Network { get; }

    /// <summary>
    /// The address on the internet, a bearer secret like <see cref="DownloadLink.Uri"/>; null when there is none.
    /// </summary>
    public Uri? PublicUri { get; }

    /// <summary>The address inside the provider's network, a bearer secret, too; null when there is none.</summary>
    public Uri? IntranetUri { get; }

    /// <summary>The backup's state in the provider's word: <c>finished</c>.</summary>
    public string? Status { get; }

    /// <summary>The starter, a person or the schedule: <c>manual</c> or <c>auto</c>.</summary>
    public string? BackupMode { get; }

    /// <summary>The extent: <c>instance</c> or <c>db</c>.</summary>
    public string? BackupStrategy { get; }

    /// <summary>The provider's task; null for none, which is usual.</summary>
    public string? TaskId { get; }

    /// <summary>The description of a manual backup; null for none.</summary>
    public string? Description { get; }

    /// <summary>The start of the backup.</summary>
    public DateTimeOffset? StartTime { get; }

    internal override bool IsIntranet => Network == IntranetNetwork;

    // This response states more than the list does.
    private static LinkFields Complete(
        LinkFields file, CapitalOnlineDatabaseService service, CapitalOnlineBackupData? data)
    {
        string? type = NullIfEmpty(data?.BackupType) ?? file.Details.Type;
        return file with
        {
            BackupKind = service.KindOf(type),
            BackupPart = NullIfEmpty(data?.ShardId),
            Details = file.Details with
            {
                Type = type,
                EndTime = WireTime.Parse(data?.EndTime, CapitalOnlineBackup.Zone) ?? file.Details.EndTime,
            },
        };
    }

    private protected static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
