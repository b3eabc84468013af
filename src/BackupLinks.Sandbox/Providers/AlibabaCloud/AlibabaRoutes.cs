using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>The actions that the database services of Alibaba Cloud have in common.</summary>
/// <param name="server">The sandbox.</param>
/// <param name="fleet">What the service has.</param>
internal abstract class AlibabaRoutes(SandboxServer server, AlibabaFleet fleet)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    /// <summary>The first part of the host.</summary>
    public abstract string Host { get; }

    /// <summary>The version of the API.</summary>
    public abstract string Version { get; }

    /// <summary>The error of an instance that is not there.</summary>
    private protected abstract (int Status, string Code) NoInstance { get; }

    private protected SandboxServer Server => server;

    /// <summary>Adds the sample.</summary>
    public abstract void AddSample();

    /// <summary>Responds to an action; null for one that the service does not have.</summary>
    public abstract IResult? Handle(HttpContext context, AlibabaSignature.Call call);

    /// <summary>An entry of DescribeBackups, without its addresses.</summary>
    private protected abstract Dictionary<string, object?> Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size);

    /// <summary>The instances of a list.</summary>
    private protected IEnumerable<KeyValuePair<string, SandboxInstance>> Instances => fleet.Instances
        .OrderBy(entry => entry.Value.Name, StringComparer.Ordinal).ThenBy(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>The time in the shape of the pages.</summary>
    private protected static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The refusal of a parameter that must be there; null when it is.</summary>
    private protected static IResult? Require(HttpContext context, AlibabaSignature.Call call, params string[] names) =>
        names.FirstOrDefault(name => Value(call, name).Length == 0) is { } missing
            ? AlibabaSandbox.Error(
                context, 400, "MissingParameter",
                $"The input parameter \"{missing}\" that is mandatory for processing this request is not supplied.")
            : null;

    private protected static string Value(AlibabaSignature.Call call, string name) =>
        call.Parameters.GetValueOrDefault(name, "");

    /// <summary>False for a backup of another node.</summary>
    private protected virtual bool IsListed(AlibabaSignature.Call call, SandboxBackupFacts facts) => true;

    /// <summary>True when a parameter is absent, or equal to the value.</summary>
    private protected static bool IsEqual(AlibabaSignature.Call call, string name, string value) =>
        Value(call, name) is not { Length: > 0 } wanted || wanted == value;

    /// <summary>DescribeBackups.</summary>
    private protected IResult ListBackups(
        HttpContext context, AlibabaSignature.Call call, string instanceParameter, string listName,
        params int[] pageSizes)
    {
        string instanceId = Value(call, instanceParameter);
        if (!fleet.Instances.TryGetValue(instanceId, out var instance))
            return AlibabaSandbox.Error(
                context, NoInstance.Status, NoInstance.Code, "The specified instance is not found.");
        string wanted = Value(call, "BackupId");
        if (wanted.Length > 0 && !instance.Backups.ContainsKey(wanted))
            return AlibabaSandbox.Error(
                context, 400, "InvalidBackupSetID.NotFound", "Specified backup set ID does not exist.");
        var entries = instance.Backups
            .Where(entry => wanted.Length == 0 || entry.Key == wanted)
            .Where(entry => !IsOfCluster(entry.Key) && IsListed(call, entry.Value.Facts))
            .Where(entry => IsWithin(call, entry.Value.Facts.CreatedAt))
            .OrderByDescending(entry => entry.Value.Facts.CreatedAt).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => WithAddresses(
                Describe(instanceId, entry.Key, entry.Value.Facts, entry.Value.Size),
                fleet.Files[(instanceId, entry.Key)]))
            .ToArray();
        return Page(context, call, entries, listName, "Backup", pageSizes);
    }

    /// <summary>
    /// The list of logs of an action: those that begin before the end of the request, and end after its start.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="call">The action.</param>
    /// <param name="instanceParameter">The parameter with the instance.</param>
    /// <param name="entryName">The member with the entries.</param>
    /// <param name="describe">An entry, without its addresses.</param>
    /// <param name="addresses">The members with the public address, the intranet address, and when they end.</param>
    private protected IResult ListLogs(
        HttpContext context, AlibabaSignature.Call call, string instanceParameter, string entryName,
        Func<AlibabaLog, Dictionary<string, object?>> describe, params string[] addresses)
    {
        string instanceId = Value(call, instanceParameter);
        if (!fleet.Instances.ContainsKey(instanceId))
            return AlibabaSandbox.Error(
                context, NoInstance.Status, NoInstance.Code, "The specified instance is not found.");
        var entries = fleet.Logs.GetValueOrDefault(instanceId, [])
            .Where(log => log.Action == call.Action && IsEqual(call, "NodeId", log.Node ?? ""))
            .Where(log => !(Time(call, "StartTime") >= log.End) && !(Time(call, "EndTime") <= log.Start))
            .OrderBy(log => log.Start).ThenBy(log => log.Node, StringComparer.Ordinal)
            .Select(log => WithLinks(describe(log), log))
            .ToArray();
        return Page(context, call, entries, "Items", entryName, [.. Enumerable.Range(30, 71)]);

        Dictionary<string, object?> WithLinks(Dictionary<string, object?> entry, AlibabaLog log)
        {
            var file = log.File is null ? null : new SandboxBackupFile(log.File, null);
            for (int i = 0; i < addresses.Length && i < 2; i++)
                entry[addresses[i]] = file is null ? null : Link(file, i);
            if (addresses.Length > 2)
                entry[addresses[2]] = entry[addresses[0]] is null ? null : Text(server.Clock.UtcNow + LinkLifetime);
            return entry;
        }
    }

    /// <summary>
    /// The list of backups of clusters, which has no total. It has nothing of other instances, as the other list has
    /// nothing of these.
    /// </summary>
    private protected IResult ListClusterBackups(
        HttpContext context, AlibabaSignature.Call call, string method, string instanceParameter, string idParameter,
        string pageParameter, params int[] pageSizes)
    {
        if (context.Request.Method != method)
            return AlibabaSandbox.Error(
                context, 403, "UnsupportedHTTPMethod", "This http method is not supported.");
        string instanceId = Value(call, instanceParameter);
        if (!fleet.Instances.TryGetValue(instanceId, out var instance))
            return AlibabaSandbox.Error(
                context, NoInstance.Status, NoInstance.Code, "The specified instance is not found.");
        int size = int.Parse(
            Value(call, "PageSize") is { Length: > 0 } text ? text : "30", CultureInfo.InvariantCulture);
        if (!pageSizes.Contains(size))
            return AlibabaSandbox.Error(context, 400, "InvalidPageSize", "Specified page size is not valid.");
        int number = int.Parse(
            Value(call, pageParameter) is { Length: > 0 } page ? page : "1", CultureInfo.InvariantCulture);
        return Results.Json(new Dictionary<string, object?>
        {
            ["RequestId"] = AlibabaSandbox.RequestId(context),
            ["PageNumber"] = number,
            ["PageSize"] = size,
            ["ClusterBackups"] = instance.Backups
                .Where(entry => IsOfCluster(entry.Key) && IsEqual(call, idParameter, entry.Key))
                .Where(entry => IsWithin(call, entry.Value.Facts.CreatedAt))
                .OrderByDescending(entry => entry.Value.Facts.CreatedAt).Skip((number - 1) * size).Take(size)
                .Select(entry => DescribeCluster(instanceId, entry.Key, entry.Value.Facts, entry.Value.Size)),
        });
    }

    private Dictionary<string, object?> DescribeCluster(
        string instanceId, string backupId, SandboxBackupFacts facts, long size) => new()
    {
        ["ClusterBackupId"] = backupId,
        ["ClusterBackupStatus"] = facts.Status ?? "OK",
        ["ClusterBackupMode"] = facts.Type,
        ["ClusterBackupSize"] = size.ToString(CultureInfo.InvariantCulture),
        ["ClusterBackupStartTime"] = Text(facts.CreatedAt),
        ["ClusterBackupEndTime"] = Text(facts.CreatedAt.AddSeconds(30)),
        ["IsAvail"] = 1,
        ["Progress"] = "100%",
        ["Backups"] = fleet.Files[(instanceId, backupId)].Select((file, index) => new Dictionary<string, object?>
        {
            ["BackupId"] = (514645788 + index).ToString(CultureInfo.InvariantCulture),
            ["BackupName"] = file.Object.Key.Split('/')[^1],
            ["BackupSize"] = file.Object.Length.ToString(CultureInfo.InvariantCulture),
            ["BackupStatus"] = "OK",
            ["InstanceName"] = file.DatabaseName,
            ["Engine"] = Host == "mongodb" ? "mongodb" : "redis",
            ["IsAvail"] = "1",
            ["BackupDownloadURL"] = Link(file, 0),
            ["BackupIntranetDownloadURL"] = Link(file, 1),
        }),
    };

    private static bool IsOfCluster(string backupId) => backupId.StartsWith("cb-", StringComparison.Ordinal);

    /// <summary>A page of a list, in the shape of the service.</summary>
    private protected IResult Page(
        HttpContext context, AlibabaSignature.Call call, IReadOnlyList<object> all, string listName, string entryName,
        params int[] pageSizes)
    {
        if (!int.TryParse(Or("PageSize", "30"), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            || !pageSizes.Contains(size))
            return AlibabaSandbox.Error(context, 400, "InvalidPageSize", "Specified page size is not valid.");
        if (!int.TryParse(Or("PageNumber", "1"), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number < 1)
            return AlibabaSandbox.Error(context, 400, "InvalidPageNumber", "Specified page number is not valid.");
        size = Math.Min(size, server.Paging.MostOnAPage ?? size);
        object[] page = [.. all.Skip((number - 1) * size).Take(size)];
        var body = new Dictionary<string, object?> { ["RequestId"] = AlibabaSandbox.RequestId(context) };
        foreach (var (name, value) in Totals(listName, number, size, page.Length, all.Count))
            body[name] = value;
        body[listName] = new Dictionary<string, object?> { [entryName] = page };
        return Results.Json(body);

        string Or(string name, string ifAbsent) => Value(call, name) is { Length: > 0 } text ? text : ifAbsent;
    }

    /// <summary>The members of a response that count.</summary>
    private protected abstract IEnumerable<(string Name, object Value)> Totals(
        string listName, int number, int size, int count, int total);

    private Dictionary<string, object?> WithAddresses(
        Dictionary<string, object?> entry, IReadOnlyList<SandboxBackupFile> files)
    {
        var byDatabase = files.Where(file => file.DatabaseName is not null).ToArray();
        var whole = files.FirstOrDefault(file => file.DatabaseName is null);
        entry["BackupDownloadURL"] = whole is null ? null : Link(whole, 0);
        entry["BackupIntranetDownloadURL"] = whole is null ? null : Link(whole, 1);
        if (byDatabase.Length > 0)
        {
            entry["BackupDownloadLinkByDB"] = new Dictionary<string, object?>
            {
                ["BackupDownloadLinkByDB"] = byDatabase.Select(file => new Dictionary<string, object?>
                {
                    ["DataBase"] = file.DatabaseName,
                    ["DownloadLink"] = Link(file, 0),
                    ["IntranetDownloadLink"] = Link(file, 1),
                }),
            };
        }

        return entry;
    }

    // Another second, so that the two addresses differ.
    private string? Link(SandboxBackupFile file, int second)
    {
        if (fleet.HidesAddresses)
            return null;
        var (now, end) = (server.Clock.UtcNow, server.Clock.UtcNow + LinkLifetime + TimeSpan.FromSeconds(second));
        return fleet.LinkVersion == 4
            ? OssV4Link.Create(server.Address, file.Object, now, end)
            : OssLink.Create(server.Address, file.Object, end);
    }

    private static bool IsWithin(AlibabaSignature.Call call, DateTimeOffset time) =>
        !(Time(call, "StartTime") > time) && !(Time(call, "EndTime") < time);

    private static DateTimeOffset? Time(AlibabaSignature.Call call, string name) => DateTimeOffset.TryParseExact(
        Value(call, name), ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"],
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
