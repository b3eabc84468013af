using System;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>One file of a log.</summary>
/// <param name="Object">The file.</param>
/// <param name="Start">The time of its first entry.</param>
internal sealed record SandboxTencentLog(SandboxObject Object, DateTimeOffset Start)
{
    /// <summary>The id; null for a log that only its name tells.</summary>
    public string? Id { get; init; }

    /// <summary>The name: that of the file.</summary>
    public string Name => Object.Key.Split('/')[^1];
}
