using System.Collections.Concurrent;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>DCS instances by id, with their backups and logs.</summary>
internal sealed class DcsFleet : ConcurrentDictionary<string, SandboxDcsInstance>, ISandboxFleet
{
    public void Remove(string instanceId) => TryRemove(instanceId, out _);
}
