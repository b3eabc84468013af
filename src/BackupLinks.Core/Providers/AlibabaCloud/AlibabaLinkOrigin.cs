using BackupLinks.Credentials;
using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud;

/// <summary>The origin of a link of Alibaba Cloud, as far as its renewal needs it.</summary>
internal sealed record AlibabaLinkOrigin(
    string Endpoint, SecretReference Secret, CredentialFields Credential, string? Region)
    : LinkOrigin(Endpoint, Secret, Credential);
