using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>
/// A DDS (MongoDB) instance: <c>Sharding</c>, <c>ReplicaSet</c> or <c>Single</c>. Source: Huawei Cloud DDS API
/// reference, "Querying Instances and Details" (<c>ListInstances</c>).
/// </summary>
public sealed class DdsInstance : DatabaseInstance
{
    internal DdsInstance(DatabaseInstanceItem item, HuaweiScope scope)
        : base(item, scope) => StorageEngine = WireValue.Text(item.Engine);

    /// <summary>The storage engine: <c>wiredTiger</c>, <c>rocksDB</c>.</summary>
    public string? StorageEngine { get; }
}
