using System.Collections.Generic;
using BackupLinks.Credentials;

namespace BackupLinks.Discovery;

/// <summary>What a listed object was requested with.</summary>
/// <param name="Service">The key of the service.</param>
/// <param name="Credential">The credential; stays in this process.</param>
/// <param name="Secret">Where the credential came from.</param>
/// <param name="Endpoints">
/// The addresses that the caller gave with the credential, by the names of the settings.
/// </param>
internal sealed record ResourceOrigin(
    string Service, CredentialFields Credential, SecretReference Secret, IReadOnlyDictionary<string, string> Endpoints);
