using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>
/// One file of a log of an RDS instance. Source: Huawei Cloud RDS API reference, "Log Information Queries".
/// </summary>
public sealed class RdsLogLink : DatabaseLogLink
{
    internal RdsLogLink(LinkFields file, HuaweiLinkOrigin origin, string instanceId, string logId, DatabaseLogItem item)
        : base(file, origin, instanceId, logId, item)
    {
    }
}
