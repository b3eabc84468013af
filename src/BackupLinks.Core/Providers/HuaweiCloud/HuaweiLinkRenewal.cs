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
/// <inheritdoc cref="LinkRenewal"/>
internal abstract class HuaweiLinkRenewal(HuaweiService service, params string[] ids) : LinkRenewal(ids)
{
    public sealed override CredentialConvention Convention => HuaweiCredential.Convention;

    public sealed override Task<IReadOnlyList<DownloadLink>> RenewAsync(
        LinkProperties link, CredentialFields credential, SecretReference secret, RequestContext pipeline, CancellationToken cancellationToken)
    {
        var key = HuaweiCredential.From(credential);
        // Passwords and tokens go out as they are.
        bool isSignedOnly = key is AccessKeyCredential;
        var place = new HuaweiOptions(
            link[nameof(HuaweiCloudLink.Region)], link[nameof(HuaweiCloudLink.ProjectId)],
            link.Endpoint(nameof(HuaweiCloudLink.Endpoint), service.OwnsHost, isSignedOnly),
            link.Endpoint(nameof(HuaweiCloudLink.IamEndpoint), HuaweiService.Iam.OwnsHost, isSignedOnly));
        var target = HuaweiEndpoints.Resolve(service, place, credential, Environment.GetEnvironmentVariable);
        return RenewAsync(link, new HuaweiSession(target, key, secret, pipeline), cancellationToken);
    }

    /// <summary>Asks for all links of the backup that a link belongs to.</summary>
    private protected abstract Task<IReadOnlyList<DownloadLink>> RenewAsync(
        LinkProperties link, HuaweiSession connection, CancellationToken cancellationToken);
}
