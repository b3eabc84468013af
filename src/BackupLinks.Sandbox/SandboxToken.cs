using System;

namespace BackupLinks.Sandbox;

/// <summary>A token that IAM gave out.</summary>
internal sealed record SandboxToken(string ProjectId, DateTimeOffset ExpiresAt);
