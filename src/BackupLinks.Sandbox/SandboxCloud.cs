using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Sandbox;

/// <summary>
/// What is in the clouds: accounts, instances, backups, logs and objects. The ids are those of the vendors'
/// own pages where they show one. Nothing here is secret: it exists on loopback only.
/// </summary>
public sealed class SandboxCloud
{
    /// <summary>A permanent access key that may read everything.</summary>
    public static readonly SandboxKey OperatorKey = new("SANDBOXAKOPERATOR000", "SandboxSecretKeyOfTheOperator00000000000");

    /// <summary>A temporary access key, valid with its security token only.</summary>
    public static readonly SandboxKey TemporaryKey = new("SANDBOXAKTEMPORARY00", "SandboxSecretKeyOfTheSession0000000000000")
    {
        SecurityToken = "gQpjbi1ub3J0aC00/SANDBOX+TOKEN==",
    };

    /// <summary>An access key that is good, and may read nothing.</summary>
    public static readonly SandboxKey AuditorKey = new("SANDBOXAKAUDITOR0000", "SandboxSecretKeyOfTheAuditor000000000000") { MayRead = false };

    /// <summary>The access key of Capital Online.</summary>
    public static readonly SandboxKey CapitalOnlineKey = new("CDSSANDBOXAK0000000000", "CDSSandboxSecretKey00000000000000");

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

    /// <summary>Its backup with three files, one a shard.</summary>
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

    /// <summary>Creates the clouds with the sample fleet.</summary>
    public SandboxCloud()
    {
        const string DcsBucket = "bucket5da9cf3bfabc4cae9023695b934e5e2b";
        string clusterFolder = "42489641-23c4-4855-bc89-befc85e2b7f7/ddfe5f66-a965-43ff-aec7-f3b489dc071b/";
        var now = DateTimeOffset.UtcNow;
        AddDcsInstance(DcsInstanceId, "prod-sessions");
        AddDcsBackup(DcsInstanceId, DcsClusterBackupId, clusterFolder,
        [
            new(DcsBucket, clusterFolder + "redis_192.168.63.250_6379_0-5461_20190820211816.rdb", 1_572_864),
            new(DcsBucket, clusterFolder + "redis_192.168.63.251_6379_5462-10922_20190820211816.rdb", 1_048_577),
            new(DcsBucket, clusterFolder + "redis_192.168.63.252_6379_10923-16383_20190820211816.rdb", 786_431),
        ], new() { Type = "auto", CreatedAt = now.AddHours(-3) });
        string singleFile = DcsSingleBackupId + "/20190924204307_redis.rdb";
        AddDcsBackup(DcsInstanceId, DcsSingleBackupId, singleFile, [new(DcsBucket, singleFile, 262_144)], new() { CreatedAt = now.AddHours(-27) });
        AddDcsBackup(DcsInstanceId, DcsEmptyBackupId, "empty/", [], new() { Status = "failed", CreatedAt = now.AddHours(-1) });
        AddDcsLog(DcsInstanceId, DcsLogId, new(DcsBucket, "logs/redis_192.168.63.250_2021-04-16.log", 65_536));

        const string RdsBucket = "rdsbucket.op.svc.rds.1024.cn.north.1";
        AddRdsInstance(RdsInstanceId, "prod-orders", "SQLServer");
        AddRdsBackup(RdsBackupId,
        [
            new(new(RdsBucket, "43e4feaab48f11e89039fa163ebaa7e4br01_orders.bak", 2_870_272), "orders"),
            new(new(RdsBucket, "43e4feaab48f11e89039fa163ebaa7e4br01_customers.bak", 524_288), "customers"),
        ], RdsInstanceId, new() { Type = "auto", CreatedAt = now.AddHours(-5) });

        AddCdsInstance(CdsInstanceId, "prod-carts");
        AddCdsBackup(CdsInstanceId, CdsBackupId, new("cds-redis-backup", "redis/2020-08-21/dump.rdb", 176), new() { CreatedAt = now.AddHours(-2) });
    }

    /// <summary>The access keys of Huawei Cloud, by id.</summary>
    public ConcurrentDictionary<string, SandboxKey> HuaweiKeys { get; } =
        new(new[] { OperatorKey, TemporaryKey, AuditorKey }.ToDictionary(key => key.AccessKey));

    /// <summary>The access keys of Capital Online, by id.</summary>
    public ConcurrentDictionary<string, SandboxKey> CapitalOnlineKeys { get; } =
        new(new[] { CapitalOnlineKey }.ToDictionary(key => key.AccessKey));

    /// <summary>Project ids by project name; a name may have several.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Projects { get; } = new()
    {
        [Region] = [ProjectId],
        [Region + "_analytics"] = ["fedcba9876543210fedcba9876543210"],
        ["cn-south-1"] = ["11111111111111111111111111111111", "22222222222222222222222222222222"],
    };

    /// <summary>The projects that keys and tokens may read; all have the same in them.</summary>
    public ConcurrentDictionary<string, bool> ReadableProjects { get; } = new() { [ProjectId] = true };

    /// <summary>How long a token from IAM lives.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an RDS link lives.</summary>
    public TimeSpan RdsLinkLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Tokens that IAM gave out, by value.</summary>
    internal ConcurrentDictionary<string, SandboxToken> Tokens { get; } = new();

    /// <summary>Makes every token that IAM gave out one that must be renewed.</summary>
    public void ExpireTokens()
    {
        foreach (var (value, token) in Tokens)
            Tokens[value] = token with { ExpiresAt = DateTimeOffset.MinValue };
    }

    /// <summary>DCS instances by id.</summary>
    internal ConcurrentDictionary<string, SandboxDcsInstance> DcsInstances { get; } = new();

    /// <summary>RDS backups by id.</summary>
    internal ConcurrentDictionary<string, IReadOnlyList<SandboxRdsFile>> RdsBackups { get; } = new();

    /// <summary>RDS instances by id.</summary>
    internal ConcurrentDictionary<string, SandboxInstance> RdsInstances { get; } = new();

    /// <summary>Capital Online's instances by id.</summary>
    internal ConcurrentDictionary<string, SandboxInstance> CdsInstances { get; } = new();

    /// <summary>Capital Online's backups by instance and id.</summary>
    internal ConcurrentDictionary<(string Instance, string Backup), SandboxObject> CdsBackups { get; } = new();

    /// <summary>The object store, by bucket and key.</summary>
    internal ConcurrentDictionary<(string Bucket, string Key), SandboxObject> Objects { get; } = new();

    /// <summary>Adds a DCS instance, or renames it.</summary>
    public void AddDcsInstance(string instanceId, string name, string status = "RUNNING", string engine = "Redis")
    {
        var instance = DcsInstances.GetOrAdd(instanceId, _ => new());
        (instance.Name, instance.Status, instance.Engine) = (name, status, engine);
    }

    /// <summary>Adds a backup to a DCS instance, and the instance when it is new.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="backupId">The backup.</param>
    /// <param name="filePath">What the API gives as <c>file_path</c>.</param>
    /// <param name="files">The backup's files.</param>
    /// <param name="facts">What lists say of it.</param>
    public void AddDcsBackup(
        string instanceId, string backupId, string filePath, IReadOnlyList<SandboxObject> files, SandboxBackupFacts? facts = null)
    {
        DcsInstances.GetOrAdd(instanceId, _ => new()).Backups[backupId] = new(filePath, files) { Facts = facts ?? new() };
        Store(files);
    }

    /// <summary>Adds a run log to a DCS instance, and the instance when it is new.</summary>
    public void AddDcsLog(string instanceId, string logId, SandboxObject file, DateTime? day = null)
    {
        var instance = DcsInstances.GetOrAdd(instanceId, _ => new());
        instance.Logs[logId] = file;
        if (day is { } date)
            instance.LogDays[logId] = date;
        Store([file]);
    }

    /// <summary>Adds an RDS instance, or renames it.</summary>
    public void AddRdsInstance(string instanceId, string name, string engine, string status = "ACTIVE", string type = "Single")
    {
        var instance = RdsInstances.GetOrAdd(instanceId, _ => new());
        (instance.Name, instance.Engine, instance.Status, instance.Type) = (name, engine, status, type);
    }

    /// <summary>Adds an RDS backup.</summary>
    /// <param name="backupId">The backup.</param>
    /// <param name="files">Its files.</param>
    /// <param name="instanceId">The instance whose list it is in; null for none.</param>
    /// <param name="facts">What that list says of it.</param>
    public void AddRdsBackup(string backupId, IReadOnlyList<SandboxRdsFile> files, string? instanceId = null, SandboxBackupFacts? facts = null)
    {
        RdsBackups[backupId] = files;
        if (instanceId is not null)
            RdsInstances.GetOrAdd(instanceId, _ => new()).Backups[backupId] = (facts ?? new(), files.Sum(file => (long)file.Object.Length));
        Store(files.Select(file => file.Object));
    }

    /// <summary>Adds an instance of Capital Online, or renames it.</summary>
    public void AddCdsInstance(string instanceId, string name, string status = "RUNNING")
    {
        var instance = CdsInstances.GetOrAdd(instanceId, _ => new());
        (instance.Name, instance.Status) = (name, status);
    }

    /// <summary>Adds a backup to an instance of Capital Online, and the instance when it is new.</summary>
    public void AddCdsBackup(string instanceId, string backupId, SandboxObject file, SandboxBackupFacts? facts = null)
    {
        CdsBackups[(instanceId, backupId)] = file;
        CdsInstances.GetOrAdd(instanceId, _ => new()).Backups[backupId] = (facts ?? new(), file.Length);
        Store([file]);
    }

    /// <summary>Takes an instance of any service out of its list, with its backups.</summary>
    /// <param name="instanceId">The instance; one that is not there is no error.</param>
    public void Remove(string instanceId)
    {
        DcsInstances.TryRemove(instanceId, out _);
        RdsInstances.TryRemove(instanceId, out _);
        CdsInstances.TryRemove(instanceId, out _);
    }

    /// <summary>Puts an object into the store, in the place of one of the same key.</summary>
    public void Put(SandboxObject item) => Objects[(item.Bucket, item.Key)] = item;

    /// <summary>The object that a link points to; null when there is none.</summary>
    /// <param name="link">A link that this sandbox gave out.</param>
    public SandboxObject? FindObject(Uri link)
    {
        string[] parts = Uri.UnescapeDataString(link.AbsolutePath).TrimStart('/').Split('/', 3);
        return parts is [ObjectStoreName, var bucket, var key] && Objects.TryGetValue((bucket, key), out var found) ? found : null;
    }

    /// <summary>The first segment of every object's path.</summary>
    internal const string ObjectStoreName = "obs";

    private void Store(IEnumerable<SandboxObject> objects)
    {
        foreach (var item in objects)
            Put(item);
    }
}
