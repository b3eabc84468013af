using System.Collections.Concurrent;
using System.Collections.Generic;

namespace BackupLinks.Sandbox;

/// <summary>A DCS instance.</summary>
internal sealed class SandboxDcsInstance
{
    public ConcurrentDictionary<string, SandboxDcsBackup> Backups { get; } = new();

    public ConcurrentDictionary<string, SandboxObject> Logs { get; } = new();
}

/// <summary>A backup of a DCS instance.</summary>
internal sealed record SandboxDcsBackup(string FilePath, IReadOnlyList<SandboxObject> Files);
