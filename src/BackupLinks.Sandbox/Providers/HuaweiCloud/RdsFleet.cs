using System.Collections.Concurrent;
using System.Collections.Generic;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>RDS instances by id, and the files of all backups.</summary>
internal sealed class RdsFleet : ConcurrentDictionary<string, SandboxInstance>, ISandboxFleet
{
    /// <summary>The files of each backup; a backup may be in no instance's list.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<SandboxBackupFile>> Files { get; } = new();

    public void Remove(string instanceId) => TryRemove(instanceId, out _);
}
