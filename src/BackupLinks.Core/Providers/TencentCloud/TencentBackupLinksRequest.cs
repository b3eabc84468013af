using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.TencentCloud;

/// <summary>The files of one backup.</summary>
/// <param name="Service">The service.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="BackupId">The backup.</param>
/// <param name="IsIntranet">True for addresses inside the provider's network.</param>
internal sealed record TencentBackupLinksRequest(
    TencentDatabaseService Service, string InstanceId, string BackupId, bool IsIntranet = false)
    : TencentLinksRequest(Service, InstanceId, IsIntranet)
{
    public override RequestItem Item => RequestItem.Backup(BackupId, InstanceId, Details);

    public override string Subject => ScreenText.Sentence(
        $"backup '{BackupId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");

    private protected override string FallbackName => BackupId;

    /// <summary>The request that a link came from, on the same network.</summary>
    public static TencentBackupLinksRequest From(TencentDatabaseService service, LinkProperties link) => new(
        service, link.Require(nameof(TencentCloudLink.InstanceId)),
        link.Require(nameof(TencentCloudBackupLink.BackupId)), IsOfIntranet(link))
    {
        ValidHours = HoursOf(link),
    };

    private protected override Task<TencentFiles> FindAsync(
        TencentSession session, CancellationToken cancellationToken)
    {
        ServiceEndpoint.RequireId(InstanceId, "instance id");
        ServiceEndpoint.RequireId(BackupId, "backup id");
        return Service.FindFilesAsync(this, session, cancellationToken);
    }

    private protected override DownloadLink ToLink(LinkFields file, TencentLinkOrigin origin, TencentFile item) =>
        Service.ToLink(file, origin, this, item);
}
