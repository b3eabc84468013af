using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// The file of one log. The cloud has no action for links, and none for one log: the lists of logs have the links, and
/// the log is looked for there.
/// </summary>
/// <param name="Service">The service.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="LogId">The log.</param>
/// <param name="IsIntranet">True for the address inside the provider's network.</param>
internal sealed record AlibabaLogLinkRequest(
    AlibabaDatabaseService Service, string InstanceId, string LogId, bool IsIntranet = false)
    : LinkRequest<AlibabaSession, AlibabaLogItem>
{
    // The lists are bounded by minutes, or by seconds.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    public override RequestItem Item => RequestItem.Log(LogId, InstanceId, Details);

    private protected override string FallbackName => LogId.Replace('/', '_');

    private InstanceReference Instance => new(InstanceId, Details.InstanceName);

    private string Subject => ScreenText.Sentence($"log '{LogId}' of {Instance}");

    /// <summary>The request that a link came from, on the same network.</summary>
    public static AlibabaLogLinkRequest From(AlibabaDatabaseService service, LinkProperties link) => new(
        service,
        link.Require(nameof(AlibabaCloudLogLink.InstanceId)),
        link.Require(nameof(AlibabaCloudLogLink.LogId)),
        AlibabaCloudLink.IsOnIntranet(link));

    private protected override async Task<IResultPage<DownloadLink>> SendAsync(
        AlibabaSession session, CancellationToken cancellationToken)
    {
        ServiceEndpoint.RequireId(InstanceId, "instance id");
        ServiceEndpoint.RequireId(LogId, "log id");
        var id = AlibabaLogId.Parse(LogId, Service.LogActions);
        foreach (var listing in Open(id, session))
        {
            var logs = await FindAsync(id, listing, cancellationToken).ConfigureAwait(false);
            if (logs.Count > 0 && logs.All(log => log.IsUnfinished))
                throw session.Unfinished(Subject, logs[0].Status);
            if (logs.Count > 0)
            {
                return ToPage(
                    [.. logs.Where(log => !log.IsUnfinished)], ToEntry,
                    (file, item) => Service.ToLogLink(
                        file with { BackupPart = item.ListNode }, session.Origin, this, item),
                    session, _ => WithoutAddress(session));
            }
        }

        throw new ApiException(
            ErrorKind.NotFound,
            $"{session.Service.Provider.Name} lists no {Subject}; {session.Service.Provider.Conventions.IdAdvice}.");
    }

    // Where the id says that it is, and then everywhere.
    private IEnumerable<IListing<AlibabaLogItem>> Open(AlibabaLogId id, AlibabaSession session)
    {
        var lists = new AlibabaLogLists(Service, Instance, session);
        if (id is { Action: { } action, Time: { } time })
        {
            string? node = Service.HasNodes ? id.NodeId : null;
            yield return lists.OpenNode(action, node, time - Margin, time + Margin);
        }

        var (start, end) = Service.GetBounds(null, null, session);
        foreach (var kind in Service.LogKinds.Where(kind => id.Action is null || id.Action.Kind == kind))
            yield return lists.Open(kind, isOptional: id.Action is null, start, end);
    }

    private static async Task<IReadOnlyList<AlibabaLogItem>> FindAsync(
        AlibabaLogId id, IListing<AlibabaLogItem> listing, CancellationToken cancellationToken)
    {
        var found = new List<AlibabaLogItem>();
        IResultPage<AlibabaLogItem> page;
        do
        {
            page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Results.Where(id.Names));
        }
        while (page.HasMore);

        // A server that begins to count again has several files of a name.
        var exact = found.Where(log => id.Time is not null && log.StartTime == id.Time).ToArray();
        return exact.Length > 0 ? exact : found;
    }

    private FileEntry ToEntry(AlibabaLogItem log) => new(
        log.FileName, IsIntranet ? log.IntranetDownloadLink : log.Address, log.Size,
        WireTime.Parse(log.LinkExpiredTime, TimeSpan.Zero));

    private ApiException WithoutAddress(AlibabaSession session) => new(
        ErrorKind.InvalidResponse,
        $"{session.Service.Provider.Name} returned no {(IsIntranet ? "intranet" : "public")} address for {Subject}; it "
            + "has none for a log that is being uploaded, and none for a key without the permission to download "
            + "backups.")
    {
        StatusCode = HttpStatusCode.OK,
    };
}
