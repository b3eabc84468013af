using BackupLinks.Discovery;
using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// A file of a backup of a database service of Alibaba Cloud. A property is null where the response does not state it.
/// </summary>
public abstract class AlibabaCloudBackupLink : AlibabaCloudLink
{
    private protected AlibabaCloudBackupLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item)
        : base(file, origin, request.InstanceId, request.IsIntranet)
    {
        BackupId = request.BackupId;
        NodeId = item.Backup.NodeId;
        BackupMethod = WireValue.Text(item.Backup.BackupMethod);
        EngineVersion = WireValue.Text(item.Backup.EngineVersion);
    }

    /// <summary>The backup.</summary>
    public string BackupId { get; }

    /// <summary>The node, shard or host that the file is of; null for an instance of one node.</summary>
    public string? NodeId { get; }

    /// <summary>How it was made, in the provider's word: <c>Physical</c>, <c>Logical</c>.</summary>
    public string? BackupMethod { get; }

    /// <summary>The version of the engine.</summary>
    public string? EngineVersion { get; }
}
