using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.TencentCloud.Redis;

/// <summary>TencentDB for Redis.</summary>
internal sealed class RedisService : TencentDatabaseService
{
    private const string Expired = "-1";
    private const string FailedWord = "Failed";

    private static readonly string[] EngineNames = ["Redis"];

    // The numbers of the pages have these meanings.
    private static readonly Dictionary<string, string> BackupStates = new()
    {
        ["1"] = "Locked", ["2"] = "Normal", ["3"] = "Exporting", ["4"] = "Exported", [Expired] = "Expired",
    };

    private static readonly Dictionary<string, string> Starters = new()
    {
        ["0"] = "Manual", ["1"] = "Automatic", ["2"] = "Resize",
    };

    /// <summary>The service, behind the words that it is made of.</summary>
    public static readonly RedisService Instance = new();

    private RedisService()
        : base(typeof(RedisBackupLink))
    {
    }

    public override string Name => "Redis";

    public override string EncryptionRemark =>
        "is encrypted: it can be restored only with its key, which DescribeBackupDetail of the API returns";

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiName => "redis";

    public override string ApiVersion => "2018-04-12";

    public override bool HasIntranet => true;

    public override IReadOnlyList<string> Permissions =>
        ["redis:DescribeInstances", "redis:DescribeInstanceBackups", "redis:DescribeBackupUrl"];

    /// <summary>As the page of DescribeBackupUrl states it; the address has it, too.</summary>
    public override TimeSpan? LinkLifetime => TimeSpan.FromHours(6);

    public override IReadOnlyDictionary<string, string> InstanceStates { get; } = new Dictionary<string, string>
    {
        ["0"] = "Initializing", ["1"] = "Processing", ["2"] = "Running", ["-2"] = "Isolated", ["-3"] = "Deleting",
    };

    public override VendorWords InstanceWords => new()
    {
        Engine = EngineNames,
        Type = ["standalone", "cluster"],
        Status = [.. InstanceStates.Values],
    };

    public override VendorWords BackupWords { get; } = new()
    {
        Status = [.. BackupStates.Values, FailedWord],
        Type = [.. Starters.Values],
    };

    public override LinkIds SampleIds { get; } = new("crs-5a4py64p", "678362566-696298532-848117");

    internal override TencentCall GetInstancesCall(string? instanceId) => new(
        "DescribeInstances", new JsonObject { ["InstanceId"] = instanceId });

    internal override IInstance ToInstance(TencentInstanceItem item, string? region) =>
        new RedisInstance(item, this, region);

    internal override string? VersionOf(TencentInstanceItem item) => WireValue.Text(item.CurrentRedisVersion);

    internal override string? TypeOf(TencentInstanceItem item) => WireValue.Text(item.ProductType);

    // Without the states, the action returns only normal backups.
    internal override TencentCall GetBackupsCall(string instanceId, BackupFilter filter, TencentSession session) => new(
        "DescribeInstanceBackups",
        new JsonObject { ["InstanceId"] = instanceId, ["Status"] = new JsonArray(1, 2, 3, 4, -1) });

    internal override IBackup ToBackup(TencentBackupItem item, InstanceReference instance, TencentSession session)
    {
        var expiry = TencentTime.Parse(item.ExpireTime);
        // One number stands for both.
        bool hasFailed = item.Status == Expired && !(expiry <= session.GetHostTime());
        var fields = new TencentBackupFields(item.BackupId!)
        {
            Mode = WordOf(Starters, item.BackupType),
            Status = hasFailed ? FailedWord : WordOf(BackupStates, item.Status),
            IsGood = item.Status is "2" or "3" or "4",
            HasFailed = hasFailed,
            Start = TencentTime.Parse(item.StartTime),
            End = TencentTime.Parse(item.EndTime),
            Expiry = expiry,
            Region = WireValue.Text(item.Region),
            IsEncrypted = WireValue.Boolean(item.Encrypted) == true,
        };
        return new RedisBackup(fields, item, instance, session.Region);
    }

    internal override async Task<TencentFiles> FindFilesAsync(
        TencentBackupLinksRequest request, TencentSession session, CancellationToken cancellationToken)
    {
        var response = await session.SendAsync(
            "DescribeBackupUrl",
            new JsonObject { ["InstanceId"] = request.InstanceId, ["BackupId"] = request.BackupId }, request.Subject,
            TencentRedisJson.Default.TencentEnvelopeRedisFilesResponse,
            static read => read.BackupInfos is not null || read.DownloadUrl is not null, cancellationToken)
            .ConfigureAwait(false);
        return new TencentFiles([.. (response?.Files ?? []).Select(item => item.ToFile())])
        {
            Remark = request.Details.IsEncrypted == true ? EncryptionRemark : null,
        };
    }

    internal override DownloadLink ToLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item) =>
        new RedisBackupLink(file, origin, request);
}
