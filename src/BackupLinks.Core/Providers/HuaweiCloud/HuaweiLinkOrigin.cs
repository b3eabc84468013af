using BackupLinks.Credentials;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud;

/// <summary>Where a link of Huawei Cloud came from, as far as it is needed to ask for it again.</summary>
internal sealed record HuaweiLinkOrigin(
    string Endpoint, SecretReference Secret, CredentialFields Credential, string? Region, string ProjectId, string IamEndpoint)
    : LinkOrigin(Endpoint, Secret, Credential);
