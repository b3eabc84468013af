using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Sandbox.Routes;

namespace BackupLinks.Sandbox;

/// <summary>
/// The contents of the clouds: accounts, objects, and the samples of each service. The ids are those of the vendors'
/// own pages where they show one. Nothing here is secret: it exists on loopback only.
/// </summary>
public sealed class SandboxCloud
{
    /// <summary>A permanent access key that may read everything.</summary>
    public static readonly SandboxKey OperatorKey = new(
        "SANDBOXAKOPERATOR000", "SandboxSecretKeyOfTheOperator00000000000");

    /// <summary>A temporary access key, valid with its security token only.</summary>
    public static readonly SandboxKey TemporaryKey = new(
        "SANDBOXAKTEMPORARY00", "SandboxSecretKeyOfTheSession0000000000000")
    {
        SecurityToken = "gQpjbi1ub3J0aC00/SANDBOX+TOKEN==",
    };

    /// <summary>An access key that is good, and may read nothing.</summary>
    public static readonly SandboxKey AuditorKey = new(
        "SANDBOXAKAUDITOR0000", "SandboxSecretKeyOfTheAuditor000000000000") { MayRead = false };

    /// <summary>The access key of Capital Online.</summary>
    public static readonly SandboxKey CapitalOnlineKey = new(
        "CDSSANDBOXAK0000000000", "CDSSandboxSecretKey00000000000000");

    /// <summary>A permanent access key of Alibaba Cloud.</summary>
    public static readonly SandboxKey AlibabaKey = new(
        "LTAI5tSANDBOX00000000000", "AlibabaSandboxSecret0000000000");

    /// <summary>A temporary access key of Alibaba Cloud, valid with its security token only.</summary>
    public static readonly SandboxKey AlibabaTemporaryKey = new(
        "STS.SANDBOX0000000000000", "AlibabaSandboxSessionSecret000")
    {
        SecurityToken = "CAISSandbox+Token/With=Chars==",
    };

    /// <summary>An access key of Alibaba Cloud that is good, and may read nothing.</summary>
    public static readonly SandboxKey AlibabaAuditorKey = new(
        "LTAI5tAUDITOR00000000000", "AlibabaSandboxAuditor000000000") { MayRead = false };

    /// <summary>A permanent access key of Tencent Cloud.</summary>
    public static readonly SandboxKey TencentKey = new(
        "AKIDSANDBOX0000000000000000000000000", "TencentSandboxSecret000000000000");

    /// <summary>A temporary access key of Tencent Cloud, valid with its token only.</summary>
    public static readonly SandboxKey TencentTemporaryKey = new(
        "AKIDSANDBOXTEMPORARY0000000000000000", "TencentSandboxSessionSecret00000")
    {
        SecurityToken = "TencentSandbox+Token/With=Chars==",
    };

    /// <summary>An access key of Tencent Cloud that is good, and may read nothing.</summary>
    public static readonly SandboxKey TencentAuditorKey = new(
        "AKIDSANDBOXAUDITOR000000000000000000", "TencentSandboxAuditor00000000000") { MayRead = false };

    /// <summary>The account that the IAM user belongs to.</summary>
    public const string DomainName = "sandbox-account";

    /// <summary>The IAM user.</summary>
    public const string UserName = "backup-operator";

    /// <summary>The IAM user's password.</summary>
    public const string Password = "Sandbox&Password=1";

    /// <summary>The region that everything of Huawei Cloud is in.</summary>
    public const string Region = "cn-north-4";

    /// <summary>That region's project.</summary>
    public const string ProjectId = "0123456789abcdef0123456789abcdef";

    /// <summary>A DCS cluster instance.</summary>
    public const string DcsInstanceId = "5c597ce5-9823-48aa-bf4d-2defb9385b4a";

    /// <summary>Its backup with three files, one for each shard.</summary>
    public const string DcsClusterBackupId = "3ea6ce21-048e-447a-83c3-3fb004b88439";

    /// <summary>Its backup with one file.</summary>
    public const string DcsSingleBackupId = "3dc6ba15-ba97-4624-bcbd-3cc08d6336b0";

    /// <summary>Its backup without files.</summary>
    public const string DcsEmptyBackupId = "00000000-0000-4000-8000-000000000000";

    /// <summary>A run log of the same instance.</summary>
    public const string DcsLogId = "8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33";

    /// <summary>An RDS instance of SQL Server.</summary>
    public const string RdsInstanceId = "dsfae23fsfdsae3435in04";

    /// <summary>An RDS backup of SQL Server: one file a database.</summary>
    public const string RdsBackupId = "c0c9f155c7b7423a9d30f0175998b63bbr01";

    /// <summary>A Redis instance of Capital Online.</summary>
    public const string CdsInstanceId = "5ac7c945-ae47-4bbf-82e6-2823d64b57c5";

    /// <summary>Its backup.</summary>
    public const string CdsBackupId = "77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2";

    private readonly ConcurrentDictionary<Type, object> _fleets = new();

    /// <summary>The access keys of Huawei Cloud, by id.</summary>
    public ConcurrentDictionary<string, SandboxKey> HuaweiKeys { get; } =
        new(new[] { OperatorKey, TemporaryKey, AuditorKey }.ToDictionary(key => key.AccessKey));

    /// <summary>The access keys of Capital Online, by id.</summary>
    public ConcurrentDictionary<string, SandboxKey> CapitalOnlineKeys { get; } =
        new(new[] { CapitalOnlineKey }.ToDictionary(key => key.AccessKey));

    /// <summary>The access keys of Alibaba Cloud, by id.</summary>
    public ConcurrentDictionary<string, SandboxKey> AlibabaKeys { get; } =
        new(new[] { AlibabaKey, AlibabaTemporaryKey, AlibabaAuditorKey }.ToDictionary(key => key.AccessKey));

    /// <summary>The access keys of Tencent Cloud, by id.</summary>
    public ConcurrentDictionary<string, SandboxKey> TencentKeys { get; } =
        new(new[] { TencentKey, TencentTemporaryKey, TencentAuditorKey }.ToDictionary(key => key.AccessKey));

    /// <summary>Project ids by project name; a name may have several.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Projects { get; } = new()
    {
        [Region] = [ProjectId],
        [Region + "_analytics"] = ["fedcba9876543210fedcba9876543210"],
        ["cn-south-1"] = ["11111111111111111111111111111111", "22222222222222222222222222222222"],
    };

    /// <summary>The projects that keys and tokens may read; all have the same in them.</summary>
    public ConcurrentDictionary<string, bool> ReadableProjects { get; } = new() { [ProjectId] = true };

    /// <summary>The lifetime of a token from IAM.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an RDS link lives.</summary>
    public TimeSpan RdsLinkLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Tokens that IAM issued, by value.</summary>
    internal ConcurrentDictionary<string, SandboxToken> Tokens { get; } = new();

    /// <summary>Ends every token that IAM issued, so that it must be renewed.</summary>
    public void ExpireTokens()
    {
        foreach (var (value, token) in Tokens)
            Tokens[value] = token with { ExpiresAt = DateTimeOffset.MinValue };
    }

    /// <summary>The object store, by bucket and key.</summary>
    internal ConcurrentDictionary<(string Bucket, string Key), SandboxObject> Objects { get; } = new();

    /// <summary>What one service has in the clouds; made when it is used first.</summary>
    internal T Of<T>()
        where T : class, ISandboxFleet, new() => (T)_fleets.GetOrAdd(typeof(T), static _ => new T());

    /// <summary>Takes an instance of any service out of its list, with its backups.</summary>
    /// <param name="instanceId">The instance; one that is not there is no error.</param>
    public void Remove(string instanceId)
    {
        foreach (var fleet in _fleets.Values.Cast<ISandboxFleet>())
            fleet.Remove(instanceId);
    }

    /// <summary>Puts an object into the store, in the place of one of the same key.</summary>
    public void Put(SandboxObject item) => Objects[(item.Bucket, item.Key)] = item;

    /// <summary>Puts objects into the store.</summary>
    public void PutAll(IEnumerable<SandboxObject> items)
    {
        foreach (var item in items)
            Put(item);
    }

    /// <summary>The object that a link points to; null when there is none.</summary>
    /// <param name="link">A link that this sandbox returned.</param>
    public SandboxObject? FindObject(Uri link)
    {
        string[] parts = Uri.UnescapeDataString(link.AbsolutePath).TrimStart('/').Split('/', 3);
        return parts is [var store, var bucket, var key] && ObjectStore.All.Any(known => known.Name == store)
            && Objects.TryGetValue((bucket, key), out var found)
            ? found : null;
    }

    /// <summary>The first segment of every object's path.</summary>
    internal const string ObjectStoreName = "obs";
}
