using System;
using BackupLinks.Credentials;

namespace BackupLinks.Links;

/// <summary>The origin of a link, as far as its renewal needs it.</summary>
/// <param name="Endpoint">The base address of the service.</param>
/// <param name="Secret">Where the credential came from.</param>
/// <param name="Credential">The credential; stays in this process.</param>
internal record LinkOrigin(string Endpoint, SecretReference Secret, CredentialFields Credential)
{
    /// <summary>The key of the service.</summary>
    public required string Service { get; init; }

    /// <summary>The time for an address: by the clock of its store, or else of the service, as far as known.</summary>
    public required Func<Uri, DateTimeOffset> Now { get; init; }
}
