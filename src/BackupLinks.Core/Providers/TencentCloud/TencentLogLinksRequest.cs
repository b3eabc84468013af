using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.TencentCloud;

/// <summary>The file of one log.</summary>
/// <param name="Service">The service.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="LogId">The log.</param>
/// <param name="IsIntranet">True for the address inside the provider's network.</param>
internal sealed record TencentLogLinksRequest(
    TencentDatabaseService Service, string InstanceId, string LogId, bool IsIntranet = false)
    : TencentLinksRequest(Service, InstanceId, IsIntranet)
{
    public override RequestItem Item => RequestItem.Log(LogId, InstanceId, Details);

    public override string Subject => ScreenText.Sentence(
        $"log '{LogId}' of {new InstanceReference(InstanceId, Details.InstanceName)}");

    /// <summary>The id, read.</summary>
    public TencentLogId Id => TencentLogId.Parse(LogId, Service.LogKinds);

    private protected override string FallbackName => Id.Name;

    /// <summary>The request that a link came from, on the same network.</summary>
    public static TencentLogLinksRequest From(TencentDatabaseService service, LinkProperties link) => new(
        service, link.Require(nameof(TencentCloudLink.InstanceId)), link.Require(nameof(TencentCloudLogLink.LogId)),
        IsOfIntranet(link))
    {
        ValidHours = HoursOf(link),
    };

    /// <summary>Finds the log in the list of its kind, which has the addresses.</summary>
    public async Task<TencentFiles> FindInListAsync(TencentSession session, CancellationToken cancellationToken)
    {
        var list = new TencentLogListRequest(
            Service, new InstanceReference(InstanceId, Details.InstanceName), new LogFilter(), Id.Kind);
        var item = await list.FindAsync(session, Id.Name, cancellationToken).ConfigureAwait(false)
            ?? throw session.Absent(Subject);
        if (TencentDatabaseService.IsUnfinished(item.Status))
            throw session.Unfinished(Subject, item.Status);
        return new TencentFiles(
        [
            new TencentFile(
                WireValue.Text(item.Name), item.InternetUrl, item.IsSizeRounded ? null : WireValue.Bytes(item.Size))
            {
                IntranetAddress = item.IntranetUrl,
            },
        ]);
    }

    private protected override Task<TencentFiles> FindAsync(
        TencentSession session, CancellationToken cancellationToken)
    {
        ServiceEndpoint.RequireId(InstanceId, "instance id");
        ServiceEndpoint.RequireId(LogId, "log id");
        return Service.FindLogFileAsync(this, session, cancellationToken);
    }

    private protected override DownloadLink ToLink(LinkFields file, TencentLinkOrigin origin, TencentFile item) =>
        Service.ToLogLink(file, origin, this);
}
