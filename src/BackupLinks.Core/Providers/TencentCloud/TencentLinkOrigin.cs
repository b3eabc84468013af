using BackupLinks.Credentials;
using BackupLinks.Links;

namespace BackupLinks.TencentCloud;

/// <summary>The origin of a link of Tencent Cloud, as far as its renewal needs it.</summary>
internal sealed record TencentLinkOrigin(
    string Endpoint, SecretReference Secret, CredentialFields Credential, string? Region)
    : LinkOrigin(Endpoint, Secret, Credential);
