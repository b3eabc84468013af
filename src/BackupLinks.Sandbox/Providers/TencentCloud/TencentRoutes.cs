using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>What the database services of Tencent Cloud have in common.</summary>
/// <param name="server">The sandbox.</param>
/// <param name="fleet">What the service has.</param>
internal abstract class TencentRoutes(SandboxServer server, TencentFleet fleet)
{
    /// <summary>The name of the API.</summary>
    public abstract string ApiName { get; }

    /// <summary>The version of the API.</summary>
    public abstract string Version { get; }

    /// <summary>The code of an instance that is not there.</summary>
    private protected abstract string NoInstance { get; }

    /// <summary>The lifetime of links.</summary>
    private protected virtual TimeSpan LinkLifetime => TimeSpan.FromHours(12);

    /// <summary>The spelling of links.</summary>
    private protected virtual CosLinkForm LinkForm => default;

    private protected SandboxServer Server => server;

    private protected TencentFleet Fleet => fleet;

    /// <summary>The instances of a list.</summary>
    private protected IEnumerable<KeyValuePair<string, SandboxInstance>> Instances => fleet.Instances
        .OrderBy(entry => entry.Value.Name, StringComparer.Ordinal).ThenBy(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>Adds the sample.</summary>
    public abstract void AddSample();

    /// <summary>
    /// Responds to an action, with a <see cref="TencentSignature.Refusal"/> or with the members of the response; null
    /// for an action that the service does not have.
    /// </summary>
    public abstract object? Handle(TencentSignature.Call call);

    /// <summary>A time in the shape of the pages.</summary>
    private protected static string Text(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(8))
        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A parameter as text; empty for none.</summary>
    private protected static string Value(TencentSignature.Call call, string name) =>
        call.Parameters[name]?.ToString() ?? "";

    /// <summary>The texts in a list; none for an absent parameter.</summary>
    private protected static string[] Values(TencentSignature.Call call, string name) =>
        [.. (call.Parameters[name] as JsonArray ?? []).Select(item => item?.ToString() ?? "")];

    /// <summary>The instance that a parameter names, or the refusal of one that is not there.</summary>
    private protected object Find(
        TencentSignature.Call call, string parameter, Func<string, SandboxInstance, object> use)
    {
        string id = Value(call, parameter);
        return id.Length == 0 ? Missing(parameter)
            : fleet.Instances.TryGetValue(id, out var instance) ? use(id, instance)
            : new TencentSignature.Refusal(NoInstance, "The instance does not exist.");
    }

    /// <summary>The refusal of an absent parameter.</summary>
    private protected static TencentSignature.Refusal Missing(string parameter) =>
        new("MissingParameter", $"The request misses a required parameter `{parameter}`.");

    /// <summary>The backups of an instance, the newest first.</summary>
    private protected static IEnumerable<KeyValuePair<string, (SandboxBackupFacts Facts, long Size)>> BackupsOf(
        SandboxInstance instance) => instance.Backups.OrderByDescending(entry => entry.Value.Facts.CreatedAt)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>A page of a list.</summary>
    /// <param name="call">The request.</param>
    /// <param name="list">The member with the entries.</param>
    /// <param name="all">All entries.</param>
    /// <param name="limits">The limit of a request without one, and the largest.</param>
    /// <param name="isAligned">True for an offset that must be a multiple of the limit.</param>
    /// <param name="countsPages">True for an offset that is the number of a page, from 0.</param>
    private protected object Page(
        TencentSignature.Call call, string list, IReadOnlyList<object> all, (int Default, int Most) limits,
        bool isAligned = false, bool countsPages = false)
    {
        if (!TryRead("Limit", limits.Default, out int limit) || limit < 1 || limit > limits.Most)
            return new TencentSignature.Refusal("InvalidParameterValue", "The value of `Limit` is not valid.");
        if (!TryRead("Offset", 0, out int offset) || offset < 0 || (isAligned && offset % limit != 0))
            return new TencentSignature.Refusal("InvalidParameterValue", "The value of `Offset` is not valid.");
        return new Dictionary<string, object?>
        {
            ["TotalCount"] = all.Count,
            [list] = all.Skip(countsPages ? offset * limit : offset)
                .Take(Math.Min(limit, server.Paging.MostOnAPage ?? limit)),
        };

        bool TryRead(string name, int ifAbsent, out int number)
        {
            number = ifAbsent;
            return call.Parameters[name] is not { } node || (node is JsonValue value && value.TryGetValue(out number));
        }
    }

    /// <summary>An address of a file; the second one begins a second earlier, so that the two differ.</summary>
    private protected string Link(SandboxObject item, int second = 0, TimeSpan? lifetime = null) => CosLink.Create(
        server.Address, item, server.Clock.UtcNow.AddSeconds(-second), lifetime ?? LinkLifetime, LinkForm);
}
