using System;

namespace BackupLinks.Sandbox;

/// <summary>What lists say of a backup.</summary>
public sealed record SandboxBackupFacts
{
    /// <summary>The name; null for one made of the id.</summary>
    public string? Name { get; init; }

    /// <summary>The kind, in the vendor's word: auto, manual, incremental.</summary>
    public string Type { get; init; } = "manual";

    /// <summary>How it was made, as the vendor's number; null for that of the most.</summary>
    public string? Method { get; init; }

    /// <summary>The state, in the vendor's word; null for that of a backup that can be downloaded.</summary>
    public string? Status { get; init; }

    /// <summary>True for an encrypted one, where the list of the service says it.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The checksum to state, where the service states one; null for the right one.</summary>
    public string? Checksum { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UtcNow.AddDays(-7);
}
