using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Links;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <summary>One file of a log of a TaurusDB instance. Source: the models of the vendor's SDK.</summary>
public sealed class TaurusDbLogLink : DatabaseLogLink
{
    internal TaurusDbLogLink(
        LinkFields file, HuaweiLinkOrigin origin, string instanceId, string logId, DatabaseLogItem item)
        : base(file, origin, instanceId, logId, item)
    {
    }
}
