using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>Asks for the links of the same RDS backup again.</summary>
internal sealed class RdsBackupRenewal() : HuaweiLinkRenewal(RdsClient.Service, nameof(RdsBackupFile.BackupId))
{
    public override long SizeUnit => WireValue.BytesPerKilobyte;

    private protected override async Task<IReadOnlyList<DownloadLink>> RenewAsync(
        LinkProperties link, HuaweiSession connection, CancellationToken cancellationToken) =>
        await new RdsClient(connection).ListBackupFilesAsync(
            link.Require(nameof(RdsBackupFile.BackupId)), link[nameof(RdsBackupFile.InstanceId)], BackupDetails.None, cancellationToken).ConfigureAwait(false);
}
