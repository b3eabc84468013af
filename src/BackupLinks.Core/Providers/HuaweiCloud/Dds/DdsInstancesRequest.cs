using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.HuaweiCloud.Dds;

/// <inheritdoc/>
internal sealed record DdsInstancesRequest(InstanceFilter Filter) : DatabaseInstancesRequest(Filter)
{
    private protected override string ServiceName => "DDS";

    private protected override IInstance ToInstance(DatabaseInstanceItem record, HuaweiScope scope) =>
        new DdsInstance(record, scope);
}
