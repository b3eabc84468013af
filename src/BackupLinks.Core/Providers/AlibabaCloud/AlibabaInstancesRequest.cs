using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud;

/// <summary>The instances of a service in a region.</summary>
/// <param name="Filter">Which of them.</param>
/// <param name="Kind">The kind of instance in a sentence: <c>RDS</c>.</param>
/// <typeparam name="TResponse">The response.</typeparam>
/// <typeparam name="TRecord">An entry of the response.</typeparam>
internal abstract record AlibabaInstancesRequest<TResponse, TRecord>(InstanceFilter Filter, string Kind)
    : AlibabaListRequest<TResponse, TRecord, IInstance>
    where TResponse : class, IListResponse<TRecord>
    where TRecord : class
{
    public sealed override RequestItem Item => RequestItem.Instances($"{Kind} instances", Filter.InstanceId);

    /// <summary>The action.</summary>
    private protected virtual string Action => "DescribeDBInstances";

    /// <summary>The parameter with the id of an instance.</summary>
    private protected virtual string IdParameter => "DBInstanceId";

    /// <summary>
    /// The values of <c>DBInstanceType</c> that have a list each; null for a list that has instances of all types.
    /// </summary>
    private protected virtual IReadOnlyList<string?> Lists => [null];

    private protected sealed override string Subject =>
        Filter.InstanceId is { } id ? ScreenText.Sentence($"{Kind} instance '{id}'") : $"the {Kind} instances";

    private protected sealed override IListing<IInstance> Open(AlibabaSession session)
    {
        if (Filter.InstanceId is { } id)
            ServiceEndpoint.RequireId(id, "instance id");
        // A service that ignores the type returns all instances again.
        var known = new HashSet<string>(StringComparer.Ordinal);
        return Filter.Apply([.. Lists.Select(OpenList)], () => session.NotListed(Subject));

        Pager<IInstance> OpenList(string? type) => Page(
            session, Action,
            [("RegionId", session.Region), (IdParameter, Filter.InstanceId), ("DBInstanceType", type)],
            static instance => instance.InstanceId, known);
    }
}
