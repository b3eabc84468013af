using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.Rds;

/// <inheritdoc/>
internal sealed record RdsInstancesRequest(InstanceFilter Filter) : DatabaseInstancesRequest(Filter)
{
    private protected override string ServiceName => "RDS";

    private protected override IInstance ToInstance(DatabaseInstanceItem record, HuaweiScope scope) =>
        new RdsInstance(record, scope);
}
