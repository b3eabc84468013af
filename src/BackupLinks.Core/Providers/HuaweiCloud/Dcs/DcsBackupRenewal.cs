using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>Asks for the links of the same DCS backup again.</summary>
internal sealed class DcsBackupRenewal() : HuaweiLinkRenewal(DcsClient.Service, nameof(DcsBackupLink.InstanceId), nameof(DcsBackupLink.BackupId))
{
    private const int DefaultExpiration = 3600;

    private protected override async Task<IReadOnlyList<DownloadLink>> RenewAsync(
        LinkProperties link, HuaweiSession connection, CancellationToken cancellationToken)
    {
        var request = new DcsBackupRequest(
            link.Require(nameof(DcsBackupLink.InstanceId)),
            link.Require(nameof(DcsBackupLink.BackupId)),
            int.TryParse(link[nameof(DcsBackupLink.Expiration)], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : DefaultExpiration,
            link[nameof(DcsBackupLink.ApiVersion)] == DcsApiVersion.V1 ? DcsApiVersion.V1 : DcsApiVersion.V2);
        return await new DcsClient(connection).ListBackupLinksAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
