using System;
using System.Text.Json.Serialization.Metadata;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>The records of one list of log files.</summary>
/// <param name="Service">The service.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Action">The action.</param>
/// <param name="NodeId">The node that the list is of; null for an instance of one node.</param>
/// <param name="Start">The list begins with logs that end after this.</param>
/// <param name="End">The list ends with logs that begin before this.</param>
internal sealed record AlibabaLogListRequest(
    AlibabaDatabaseService Service, InstanceReference Instance, AlibabaLogAction Action, string? NodeId,
    DateTimeOffset Start, DateTimeOffset End) : AlibabaListRequest<AlibabaLogsResponse, AlibabaLogItem, AlibabaLogItem>
{
    public override RequestItem Item => RequestItem.Instance(Instance);

    private protected override string Subject => $"the logs of {Instance}";

    private protected override JsonTypeInfo<AlibabaLogsResponse> ResponseType =>
        AlibabaLogsJson.Default.AlibabaLogsResponse;

    private protected override IListing<AlibabaLogItem> Open(AlibabaSession session)
    {
        ServiceEndpoint.RequireId(Instance.Id, "instance id");
        bool isBounded = Action.TimeFormat is not null;
        return new Listing<AlibabaLogItem>(
            Page(
                session, Action.Name,
                [
                    (Service.InstanceParameter, Instance.Id), (AlibabaBackupsRequest.NodeParameter, NodeId),
                    ("StartTime", isBounded ? Action.ToText(Start) : null),
                    ("EndTime", isBounded ? Action.ToText(End) : null),
                ],
                static log => AlibabaLogId.Of(log)!),
            static _ => true);
    }

    private protected override AlibabaLogItem? ToResult(AlibabaLogItem record, string? region)
    {
        var log = record with { Action = Action, ListNode = NodeId };
        return AlibabaLogId.Of(log) is null ? null : log;
    }
}
