using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>Asks for the links of the same DDS backup again.</summary>
internal sealed class DdsBackupRenewal() : HuaweiLinkRenewal(DdsClient.Service, nameof(DdsBackupFile.InstanceId), nameof(DdsBackupFile.BackupId))
{
    public override long SizeUnit => WireValue.BytesPerKilobyte;

    private protected override async Task<IReadOnlyList<DownloadLink>> RenewAsync(
        LinkProperties link, HuaweiSession connection, CancellationToken cancellationToken) =>
        await new DdsClient(connection).ListBackupFilesAsync(
            link.Require(nameof(DdsBackupFile.InstanceId)), link.Require(nameof(DdsBackupFile.BackupId)), BackupDetails.None, cancellationToken).ConfigureAwait(false);
}
