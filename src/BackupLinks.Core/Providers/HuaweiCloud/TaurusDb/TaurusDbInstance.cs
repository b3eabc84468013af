using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <summary>
/// A TaurusDB (MySQL) instance. Source: Huawei Cloud TaurusDB API reference, "Querying DB Instances"
/// (<c>ListGaussMySqlInstances</c>).
/// </summary>
public sealed class TaurusDbInstance : DatabaseInstance
{
    internal TaurusDbInstance(DatabaseInstanceItem item, HuaweiScope scope)
        : base(item, scope)
    {
    }
}
