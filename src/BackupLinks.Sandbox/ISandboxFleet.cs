namespace BackupLinks.Sandbox;

/// <summary>The instances of one service.</summary>
internal interface ISandboxFleet
{
    /// <summary>Takes an instance out, with its backups; one that is not there is no error.</summary>
    void Remove(string instanceId);
}
