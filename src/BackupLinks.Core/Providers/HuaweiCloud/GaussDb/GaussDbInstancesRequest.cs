using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.GaussDb;

/// <inheritdoc/>
internal sealed record GaussDbInstancesRequest(InstanceFilter Filter) : DatabaseInstancesRequest(Filter)
{
    private protected override string ServiceName => "GaussDB";

    private protected override IInstance ToInstance(DatabaseInstanceItem record, HuaweiScope scope) =>
        new GaussDbInstance(record, scope);
}
