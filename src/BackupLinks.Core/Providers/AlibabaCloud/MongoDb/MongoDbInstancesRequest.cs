using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud.MongoDb;

/// <summary>The MongoDB instances of a region (<c>DescribeDBInstances</c>).</summary>
/// <param name="Filter">Which of them.</param>
internal sealed record MongoDbInstancesRequest(InstanceFilter Filter)
    : AlibabaListRequest<MongoDbInstancesResponse, MongoDbInstanceItem, IInstance>
{
    public override RequestItem Item => RequestItem.Instances("MongoDB instances", Filter.InstanceId);

    private protected override string Subject =>
        Filter.InstanceId is { } id ? ScreenText.Sentence($"MongoDB instance '{id}'") : "the MongoDB instances";

    private protected override JsonTypeInfo<MongoDbInstancesResponse> ResponseType => MongoDbJson.Default.MongoDbInstancesResponse;

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

    private protected override IInstance? ToResult(MongoDbInstanceItem record, string? region) =>
        string.IsNullOrWhiteSpace(record.DBInstanceId) ? null : new MongoDbInstance(record, region);
}
