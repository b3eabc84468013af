using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.Links;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>Asks for the address of the same Redis backup again, on the same network.</summary>
internal sealed class CdsBackupRenewal()
    : LinkRenewal(nameof(CdsBackupDownload.InstanceId), nameof(CdsBackupDownload.BackupId), nameof(CdsBackupDownload.Network))
{
    public override CredentialConvention Convention => CapitalOnlineCredential.Convention;

    public override async Task<IReadOnlyList<DownloadLink>> RenewAsync(
        LinkProperties link, CredentialFields credential, SecretReference secret, RequestContext pipeline, CancellationToken cancellationToken)
    {
        // The signature names no host: whoever gets it can use it at the provider's.
        string? endpoint = link.Endpoint(nameof(CdsBackupDownload.Endpoint), OwnsHost, orThisMachine: false);
        var connection = new CapitalOnlineSession(endpoint, credential, secret, pipeline);
        var network = Enum.TryParse(link[nameof(CdsBackupDownload.Network)], ignoreCase: true, out CdsNetwork named) ? named : CdsNetwork.Public;
        return await new CdsRedisClient(connection).DownloadBackupAsync(
            link.Require(nameof(CdsBackupDownload.InstanceId)), link.Require(nameof(CdsBackupDownload.BackupId)), network, BackupDetails.None, cancellationToken).ConfigureAwait(false);
    }

    // cdsapi, cdsapi-asia, cdsapi-us.
    private static bool OwnsHost(string host) =>
        host.StartsWith("cdsapi", StringComparison.OrdinalIgnoreCase) && host.EndsWith(".capitalonline.net", StringComparison.OrdinalIgnoreCase)
            && host.Split('.').Length == 3;
}
