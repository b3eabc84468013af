using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>A DCS instance.</summary>
internal sealed class SandboxDcsInstance
{
    public string Name { get; set; } = "dcs";

    public string Status { get; set; } = "RUNNING";

    public string Engine { get; set; } = "Redis";

    public string Ip { get; set; } = "192.168.63.250";

    public DateTimeOffset CreatedAt { get; set; } = new(2019, 5, 10, 8, 31, 16, 166, TimeSpan.Zero);

    public ConcurrentDictionary<string, SandboxDcsBackup> Backups { get; } = new();

    public ConcurrentDictionary<string, SandboxObject> Logs { get; } = new();

    /// <summary>The days of the logs; a log that has none is of today.</summary>
    public ConcurrentDictionary<string, DateTime> LogDays { get; } = new();
}

/// <summary>A backup of a DCS instance.</summary>
internal sealed record SandboxDcsBackup(string FilePath, IReadOnlyList<SandboxObject> Files)
{
    public SandboxBackupFacts Facts { get; init; } = new();
}
