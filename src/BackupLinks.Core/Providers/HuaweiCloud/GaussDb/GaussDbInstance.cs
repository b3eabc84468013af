using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <summary>
/// A GaussDB (openGauss) instance: <c>Enterprise</c> (distributed) or <c>Ha</c> (primary and standby). Source: Huawei
/// Cloud GaussDB API reference, "Querying DB Instances" (<c>ListInstances</c>).
/// </summary>
public sealed class GaussDbInstance : DatabaseInstance
{
    internal GaussDbInstance(DatabaseInstanceItem item, HuaweiScope scope)
        : base(item, scope)
    {
    }
}
