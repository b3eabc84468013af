using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>The backups of a Redis instance (<c>GET /redis/?Action=DescribeBackups</c>).</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Filter">Which of its backups.</param>
internal sealed record CdsBackupsRequest(InstanceReference Instance, BackupFilter Filter)
    : CapitalOnlineListRequest<CdsBackupsResponse, CdsDownloadData, IBackup>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the backups of {Instance}";

    private protected override JsonTypeInfo<CdsBackupsResponse> ResponseType => CdsListJson.Default.CdsBackupsResponse;

    private protected override IListing<IBackup> Open(CapitalOnlineSession session)
    {
        string action = "DescribeBackups&InstanceUuid=" + ServiceEndpoint.QueryValue(Instance.Id, "instance id");
        return Filter.Apply(Page(session, action, static backup => backup.BackupId), Instance, session.GetHostTime);
    }

    private protected override IBackup? ToResult(CdsDownloadData record) =>
        string.IsNullOrWhiteSpace(record.BackupId) ? null : new CdsBackup(record, Instance);
}
