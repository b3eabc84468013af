using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>The backups of an instance (<c>DescribeBackups</c>).</summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record AlibabaBackupsRequest(
    AlibabaDatabaseService Service, InstanceReference Instance, BackupFilter Filter)
    : AlibabaListRequest<AlibabaBackupsResponse, AlibabaBackupItem, IBackup>
{
    /// <summary>The action.</summary>
    public const string Action = "DescribeBackups";

    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the backups of {Instance}";

    private protected override JsonTypeInfo<AlibabaBackupsResponse> ResponseType =>
        AlibabaBackupsJson.Default.AlibabaBackupsResponse;

    private protected override int PageSize => Service.BackupPageSize;

    private protected override IListing<IBackup> Open(AlibabaSession session)
    {
        ServiceEndpoint.RequireId(Instance.Id, "instance id");
        var pager = Page(
            session, Action,
            [(Service.InstanceParameter, Instance.Id), .. Service.GetTimes(Filter.Since, Filter.Until, session)],
            static backup => backup.BackupId);
        IListing<IBackup> backups = new Listing<IBackup>(pager, Filter.IsWanted);
        if (Service.ClusterAction is not null)
        {
            var clusters = new AlibabaClusterBackupsRequest(Service, Instance, Filter);
            backups = new ListingOrElse<IBackup>(backups, clusters.Open((ServiceSession)session));
        }

        return Filter.Apply(backups, Instance, session.GetHostTime);
    }

    private protected override IBackup? ToResult(AlibabaBackupItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.BackupId) ? null : Service.ToBackup(record, Instance, region);
}
