using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>The RDS instances of a region (<c>DescribeDBInstances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record RdsInstancesRequest(InstanceFilter Filter)
    : AlibabaListRequest<RdsInstancesResponse, RdsInstanceItem, IInstance>
{
    public override RequestItem Item => RequestItem.Instances("RDS instances", Filter.InstanceId);

    private protected override string Subject =>
        Filter.InstanceId is { } id ? ScreenText.Sentence($"RDS instance '{id}'") : "the RDS instances";

    private protected override JsonTypeInfo<RdsInstancesResponse> ResponseType => RdsJson.Default.RdsInstancesResponse;

    private protected override IListing<IInstance> Open(AlibabaSession session)
    {
        if (Filter.InstanceId is { } id)
            ServiceEndpoint.RequireId(id, "instance id");
        return Filter.Apply(
            Page(
                session, "DescribeDBInstances", [("RegionId", session.Region), ("DBInstanceId", Filter.InstanceId)],
                static instance => instance.InstanceId),
            () => session.NotListed(Subject));
    }

    private protected override IInstance? ToResult(RdsInstanceItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.DBInstanceId) ? null : new RdsInstance(record, region);
}
