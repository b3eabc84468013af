using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.TaurusDb;

/// <inheritdoc/>
internal sealed record TaurusDbInstancesRequest(InstanceFilter Filter) : DatabaseInstancesRequest(Filter)
{
    private protected override string ServiceName => "TaurusDB";

    private protected override IInstance ToInstance(DatabaseInstanceItem record, HuaweiScope scope) =>
        new TaurusDbInstance(record, scope);
}
