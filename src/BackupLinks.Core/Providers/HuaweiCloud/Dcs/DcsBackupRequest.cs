using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>A request for the links of one backup.</summary>
/// <param name="InstanceId">The DCS instance.</param>
/// <param name="BackupId">The backup record.</param>
/// <param name="Expiration">Seconds, 300 to 86400.</param>
/// <param name="ApiVersion">A member of <see cref="DcsApiVersion"/>.</param>
internal sealed record DcsBackupRequest(string InstanceId, string BackupId, int Expiration, string ApiVersion)
{
    /// <summary>What a list said of the backup.</summary>
    public BackupDetails Details { get; init; } = BackupDetails.None;
}
