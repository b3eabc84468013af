using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// The backups of a cluster, each with those of its shards. The list of backups does not have them, and is empty then.
/// </summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record AlibabaClusterBackupsRequest(
    AlibabaDatabaseService Service, InstanceReference Instance, BackupFilter Filter)
    : AlibabaListRequest<AlibabaClusterBackupsResponse, AlibabaClusterBackupItem, IBackup>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the backups of {Instance}";

    private protected override HttpMethod Method => Service.ClusterMethod;

    private protected override int PageSize => Service.ClusterPageSize;

    private protected override string PageParameter => Service.ClusterPageParameter;

    private protected override JsonTypeInfo<AlibabaClusterBackupsResponse> ResponseType =>
        AlibabaClusterJson.Default.AlibabaClusterBackupsResponse;

    private protected override bool IsComplete(AlibabaClusterBackupsResponse response) =>
        response.PageNumber is not null || base.IsComplete(response);

    private protected override IListing<IBackup> Open(AlibabaSession session) => new Listing<IBackup>(
        Page(
            session, Service.ClusterAction!,
            [
                ("RegionId", session.Region), (Service.InstanceParameter, Instance.Id),
                .. Service.GetTimes(Filter.Since, Filter.Until, session),
            ],
            static backup => backup.BackupId),
        Filter.IsWanted);

    private protected override IBackup? ToResult(AlibabaClusterBackupItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.ClusterBackupId)
            ? null : Service.ToBackup(record.ToBackup(), Instance, region);
}
