using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>Asks for the links of the same DCS run log again.</summary>
internal sealed class DcsLogRenewal() : HuaweiLinkRenewal(DcsClient.Service, nameof(DcsLogLink.InstanceId), nameof(DcsLogLink.LogId))
{
    private protected override async Task<IReadOnlyList<DownloadLink>> RenewAsync(
        LinkProperties link, HuaweiSession connection, CancellationToken cancellationToken) =>
        await new DcsClient(connection).CreateLogLinkAsync(
            link.Require(nameof(DcsLogLink.InstanceId)), link.Require(nameof(DcsLogLink.LogId)), BackupDetails.None, cancellationToken).ConfigureAwait(false);
}
