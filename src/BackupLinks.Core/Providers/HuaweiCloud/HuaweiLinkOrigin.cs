using BackupLinks.Credentials;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud;

/// <summary>The origin of a link of Huawei Cloud, as far as its renewal needs it.</summary>
internal sealed record HuaweiLinkOrigin(
    string Endpoint, SecretReference Secret, CredentialFields Credential, string? Region, string ProjectId,
    string IamEndpoint)
    : LinkOrigin(Endpoint, Secret, Credential);
