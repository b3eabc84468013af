using System;
using BackupLinks.Credentials;

namespace BackupLinks.Http;

/// <summary>A key of the role of a machine.</summary>
/// <param name="Key">The key.</param>
/// <param name="RefreshAt">When another is to be requested, by this machine's clock.</param>
/// <param name="ExpiresAt">When it expires, by this machine's clock.</param>
internal sealed record MachineRoleKey(SigningKey Key, DateTimeOffset RefreshAt, DateTimeOffset ExpiresAt);
