namespace BackupLinks.CapitalOnline.Redis;

/// <summary>A Redis instance of Capital Online. Source: Capital Online OpenAPI, "DescribeDBInstances".</summary>
public sealed class CdsInstance : CapitalOnlineInstance
{
    internal CdsInstance(CapitalOnlineInstanceData data)
        : base("Redis", data)
    {
    }
}
