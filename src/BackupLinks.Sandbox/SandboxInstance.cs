using System;
using System.Collections.Concurrent;

namespace BackupLinks.Sandbox;

/// <summary>An instance of RDS or of Capital Online.</summary>
internal sealed class SandboxInstance
{
    public string Name { get; set; } = "instance";

    public string Status { get; set; } = "RUNNING";

    public string Engine { get; set; } = "MySQL";

    public string Type { get; set; } = "Single";

    public string Ip { get; set; } = "10.241.44.4";

    public DateTimeOffset CreatedAt { get; set; } = new(2019, 8, 20, 2, 33, 49, TimeSpan.Zero);

    /// <summary>What the list of backups says, and their sizes in bytes, by id.</summary>
    public ConcurrentDictionary<string, (SandboxBackupFacts Facts, long Size)> Backups { get; } = new();
}
