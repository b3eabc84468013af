using System;
using System.Globalization;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.CapitalOnline;

/// <summary>
/// The requests that the database services of Capital Online have in common; each has members of its own.
/// </summary>
/// <typeparam name="TFleet">What the service has.</typeparam>
/// <param name="path">The path of the service.</param>
internal abstract class DatabaseRoutes<TFleet>(string path)
    where TFleet : DatabaseFleet, new()
{
    private protected const string Tag = "test_tag";
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    /// <summary>Adds the routes, and the sample.</summary>
    public void Map(WebApplication app, SandboxServer server, CapitalOnlineGate gate)
    {
        AddSample(server.Cloud, server.Cloud.Of<TFleet>());
        // The vendor's samples request /redis/, its Go client /redis. Actions by POST are not among those here.
        app.MapMethods(
            path, ["GET", "POST"], (HttpContext context) => gate.Admit(context, server) ?? Handle(context, server));
    }

    private protected abstract void AddSample(SandboxCloud cloud, TFleet fleet);

    /// <summary>An entry of DescribeDBInstances, by the sample of the page.</summary>
    private protected abstract object Describe(string instanceId, SandboxInstance instance);

    /// <summary>An entry of DescribeBackups, by the sample of the page.</summary>
    private protected abstract object Describe(string instanceId, string backupId, SandboxBackupFacts facts, long size);

    /// <summary>The data of DownloadBackup, by the sample of the page.</summary>
    private protected abstract object Describe(
        string instanceId, string backupId, SandboxBackupFacts facts, long size, string address,
        string intranetAddress);

    /// <summary>Beijing time, without saying so.</summary>
    private protected static string Text(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private IResult Handle(HttpContext context, SandboxServer server)
    {
        var query = context.Request.Query;
        var fleet = server.Cloud.Of<TFleet>();
        // A parameter that is sent twice counts once.
        string instance = query["InstanceUuid"].FirstOrDefault() ?? "";
        return (context.Request.Method, query["Action"].FirstOrDefault()) switch
        {
            ("GET", "DescribeDBInstances") => ListInstances(fleet, query),
            ("GET", "DescribeBackups") => ListBackups(fleet, instance),
            ("GET", "DownloadBackup") => Download(server, fleet, instance, query["BackupId"].FirstOrDefault() ?? ""),
            (_, var other) => CapitalOnlineGate.Error(400, "UnsupportedOperation", $"unsupported action {other}"),
        };
    }

    // The page of the vendor names the filters; its sample finds addresses by a part of them.
    private IResult ListInstances(TFleet fleet, IQueryCollection query) => CapitalOnlineGate.List(fleet.Instances
        .Where(entry => query.IsEqual("InstanceUuid", entry.Key) && query.IsPart("InstanceName", entry.Value.Name))
        .Where(entry => query.IsPart("IP", entry.Value.Ip) && query.IsEqual("TagName", Tag))
        .OrderBy(entry => entry.Value.Name, StringComparer.Ordinal).ThenBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => Describe(entry.Key, entry.Value)));

    private IResult ListBackups(TFleet fleet, string instance)
    {
        if (instance.Length == 0)
            return CapitalOnlineGate.Error(400, "ArgMissing", "InstanceUuid is required");
        if (!fleet.Instances.TryGetValue(instance, out var known))
            return CapitalOnlineGate.Error(404, "ResourceNotFound", "the instance was not found");
        return CapitalOnlineGate.List(known.Backups
            .OrderByDescending(entry => entry.Value.Facts.CreatedAt).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => Describe(instance, entry.Key, entry.Value.Facts, entry.Value.Size)));
    }

    private IResult Download(SandboxServer server, TFleet fleet, string instance, string backup)
    {
        if (instance.Length == 0 || backup.Length == 0)
            return CapitalOnlineGate.Error(400, "ArgMissing", "InstanceUuid and BackupId are required");
        if (!fleet.Files.TryGetValue((instance, backup), out var file))
            return CapitalOnlineGate.Error(404, "ResourceNotFound", "the backup was not found");
        var facts = fleet.Instances[instance].Backups[backup].Facts;
        var expires = server.Clock.UtcNow + LinkLifetime;
        return CapitalOnlineGate.Success(Describe(
            instance, backup, facts, file.Length,
            PresignedLink.Create(server.Address, file, expires),
            PresignedLink.Create(server.Address, file, expires.AddSeconds(1))));
    }
}
