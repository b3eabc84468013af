using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>The RDS instances of a region (<c>DescribeDBInstances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record RdsInstancesRequest(InstanceFilter Filter)
    : AlibabaInstancesRequest<RdsInstancesResponse, RdsInstanceItem>(Filter, "RDS")
{
    private protected override JsonTypeInfo<RdsInstancesResponse> ResponseType =>
        RdsJson.Default.RdsInstancesResponse;

    private protected override IInstance? ToResult(RdsInstanceItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.DBInstanceId) ? null : new RdsInstance(record, region);
}
