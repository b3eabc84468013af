using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.Dds;

/// <summary>
/// One file of a log of a DDS instance. Source: Huawei Cloud DDS API reference, "Log Information Queries".
/// </summary>
public sealed class DdsLogLink : DatabaseLogLink
{
    internal DdsLogLink(LinkFields file, HuaweiLinkOrigin origin, string instanceId, string logId, DatabaseLogItem item)
        : base(file, origin, instanceId, logId, item)
    {
    }
}
