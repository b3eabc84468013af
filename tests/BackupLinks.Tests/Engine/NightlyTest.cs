using System;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>Instances for nights.</summary>
public abstract class NightlyTest : RunbookTest
{
    private protected static DateTimeOffset Now => DateTimeOffset.UtcNow;

    private protected void AddInstance(
        string id, int length, int hours = 1, string? status = null, string service = "Dcs")
    {
        var facts = new SandboxBackupFacts { CreatedAt = Now.AddHours(-hours), Status = status };
        string backup = $"{id}-{hours}h";
        var item = new SandboxObject("bucket", $"{id}/{backup}.rdb", length);
        switch (service)
        {
            case "Dcs":
                Server.Cloud.AddDcsInstance(id, id);
                Server.Cloud.AddDcsBackup(id, backup, id + "/", [item], facts);
                break;
            case "Rds":
                Server.Cloud.AddRdsInstance(id, id, "MySQL");
                Server.Cloud.AddRdsBackup(backup, [new(item, null)], id, facts);
                break;
            default:
                Server.Cloud.AddCdsInstance(id, id);
                Server.Cloud.AddCdsBackup(id, backup, item, facts);
                break;
        }
    }
}
