using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud.PolarDb;

/// <summary>The PolarDB clusters of a region (<c>DescribeDBClusters</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record PolarDbInstancesRequest(InstanceFilter Filter)
    : AlibabaInstancesRequest<PolarDbInstancesResponse, PolarDbInstanceItem>(Filter, "PolarDB")
{
    private protected override string Action => "DescribeDBClusters";

    private protected override string IdParameter => "DBClusterIds";

    private protected override JsonTypeInfo<PolarDbInstancesResponse> ResponseType =>
        PolarDbJson.Default.PolarDbInstancesResponse;

    private protected override IInstance? ToResult(PolarDbInstanceItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.DBClusterId) ? null : new PolarDbInstance(record, region);
}
