using System;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>A token that IAM issued.</summary>
/// <param name="ProjectId">
/// The project that it is for; null for one of the account, which services of a region refuse.
/// </param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record SandboxToken(string? ProjectId, DateTimeOffset ExpiresAt);
