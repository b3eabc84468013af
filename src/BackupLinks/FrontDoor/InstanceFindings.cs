using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog.Status;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Providers;

namespace BackupLinks.FrontDoor;

/// <summary>What the cloud says of the backups of an instance, and when.</summary>
/// <param name="Cloud">The findings; null for a service that lists no backups.</param>
/// <param name="Now">The time by the clock of the service.</param>
internal sealed record InstanceFindings(CloudFindings? Cloud, DateTimeOffset Now)
{
    /// <summary>Reads the whole list of the backups of an instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="session">A session with its service.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <exception cref="ApiException">A request was refused or failed, or a response is unusable.</exception>
    public static async Task<IResultPage<object>> ReadAsync(
        InstanceReference instance, ServiceSession session, CancellationToken cancellationToken)
    {
        var listing = session.Service.Backups(instance, new BackupFilter()).Open(session);
        var backups = new List<IBackup>();
        var problems = new List<BackupLinksException>();
        IResultPage<IBackup> page;
        do
        {
            page = await listing.NextAsync(cancellationToken).ConfigureAwait(false);
            backups.AddRange(page.Results);
            problems.AddRange(page.Problems);
        }
        while (page.HasMore);

        object findings = new InstanceFindings(
            CloudFindings.Of(backups, session.Service.BackupWords.IncrementalTypes), session.GetHostTime());
        return new ResultPage<object>([findings], problems, HasMore: false);
    }
}
