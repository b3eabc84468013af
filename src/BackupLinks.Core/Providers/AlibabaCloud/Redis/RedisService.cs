using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud.Redis;

/// <summary>Tair, which is compatible with Redis.</summary>
internal sealed class RedisService : AlibabaDatabaseService
{
    private static readonly string[] EngineNames = ["Redis", "Tair"];

    /// <summary>The service.</summary>
    public static readonly RedisService Instance = new();

    private RedisService()
        : base(typeof(RedisBackupLink))
    {
    }

    public override string Name => "Redis";

    public override IReadOnlyList<string> OtherNames { get; } = ["Tair"];

    public override IReadOnlyList<string> Engines => EngineNames;

    public override string ApiVersion => "2015-01-01";

    public override AlibabaHosts Hosts { get; } = new(
        "r-kvstore", "cn-qingdao", "cn-beijing", "cn-wulanchabu", "cn-hangzhou", "cn-shanghai", "cn-heyuan",
        "cn-hangzhou-finance", "cn-beijing-gov-1");

    public override string InstanceParameter => "InstanceId";

    public override int BackupPageSize => 300;

    public override bool NeedsTimes => true;

    public override string? ClusterAction => "DescribeClusterBackupList";

    public override IReadOnlyList<string> Permissions =>
        ["kvstore:DescribeInstances", "kvstore:DescribeBackups", "kvstore:DescribeClusterBackupList"];

    public override VendorWords InstanceWords { get; } = new()
    {
        Engine = EngineNames,
        Type = ["standard", "cluster", "rwsplit"],
        Status =
        [
            "Normal", "Creating", "Changing", "Inactive", "Flushing", "Released", "Transforming", "Unavailable",
            "Error", "Migrating", "BackupRecovering", "MinorVersionUpgrading", "NetworkModifying", "SSLModifying",
        ],
    };

    public override LinkIds SampleIds { get; } = new("r-bp1zxszhcgatnx1234", "1162771701");

    public override ServiceRequest<IInstance> Instances(InstanceFilter filter) => new RedisInstancesRequest(filter);

    public override bool BacksUpNodes => true;

    internal override IBackup ToBackup(AlibabaBackupItem item, InstanceReference instance, string? region) =>
        new RedisBackup(item, instance, region);

    internal override DownloadLink ToLink(
        LinkFields file, AlibabaLinkOrigin origin, AlibabaBackupLinksRequest request, AlibabaFile item) =>
        new RedisBackupLink(file, origin, request, item);
}
