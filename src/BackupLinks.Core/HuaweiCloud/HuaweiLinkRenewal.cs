using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud;

/// <summary>Asks a service of Huawei Cloud again, at the place and in the project that the link came from.</summary>
internal abstract class HuaweiLinkRenewal(HuaweiService service) : LinkRenewal
{
    public sealed override CredentialConvention Convention => HuaweiCredential.Convention;

    public sealed override Task<IReadOnlyList<DownloadLink>> AskAgainAsync(
        LinkRecord link, CredentialFields credential, SecretReference secret, CommandPipeline pipeline, CancellationToken cancellationToken)
    {
        var key = HuaweiCredential.From(credential);
        var place = new HuaweiTargetParameters(
            link[nameof(HuaweiCloudLink.Region)], link[nameof(HuaweiCloudLink.ProjectId)],
            link.Endpoint(nameof(HuaweiCloudLink.Endpoint), HuaweiService.OwnsHost),
            link.Endpoint(nameof(HuaweiCloudLink.IamEndpoint), HuaweiService.OwnsHost));
        var target = HuaweiTarget.Resolve(service, place, credential, Environment.GetEnvironmentVariable);
        return AskAgainAsync(link, new HuaweiConnection(target, key, secret, pipeline), cancellationToken);
    }

    /// <summary>Asks for all links of the backup that a link belongs to.</summary>
    private protected abstract Task<IReadOnlyList<DownloadLink>> AskAgainAsync(
        LinkRecord link, HuaweiConnection connection, CancellationToken cancellationToken);
}
