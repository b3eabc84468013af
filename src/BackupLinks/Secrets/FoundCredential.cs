using BackupLinks.Credentials;

namespace BackupLinks.Secrets;

/// <summary>A credential and where it came from.</summary>
internal sealed record FoundCredential(CredentialFields Fields, SecretReference Secret);
