using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline;

/// <summary>The backups of an instance (<c>GET /redis/?Action=DescribeBackups</c>).</summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record CapitalOnlineBackupsRequest(
    CapitalOnlineDatabaseService Service, InstanceReference Instance, BackupFilter Filter)
    : CapitalOnlineListRequest<CapitalOnlineBackupsResponse, CapitalOnlineBackupData, IBackup>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the backups of {Instance}";

    private protected override JsonTypeInfo<CapitalOnlineBackupsResponse> ResponseType =>
        CapitalOnlineJson.Default.CapitalOnlineBackupsResponse;

    private protected override IListing<IBackup> Open(CapitalOnlineSession session)
    {
        string action = "DescribeBackups&InstanceUuid=" + ServiceEndpoint.QueryValue(Instance.Id, "instance id");
        return Filter.Apply(
            Page(session, action, static backup => backup.BackupId), Instance, [], session.GetHostTime);
    }

    private protected override IBackup? ToResult(CapitalOnlineBackupData record) =>
        string.IsNullOrWhiteSpace(record.BackupId) ? null : Service.ToBackup(record, Instance);
}
