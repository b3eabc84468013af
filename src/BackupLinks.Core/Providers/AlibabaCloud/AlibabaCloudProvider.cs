using System;
using System.Collections.Generic;
using BackupLinks.AlibabaCloud.MongoDb;
using BackupLinks.AlibabaCloud.PolarDb;
using BackupLinks.AlibabaCloud.Rds;
using BackupLinks.AlibabaCloud.Redis;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.AlibabaCloud;

/// <summary>Alibaba Cloud.</summary>
internal sealed class AlibabaCloudProvider : Provider
{
    /// <summary>The name that users know.</summary>
    public const string CloudName = "Alibaba Cloud";

    /// <summary>The cloud.</summary>
    public static readonly AlibabaCloudProvider Instance = new();

    private AlibabaCloudProvider()
    {
    }

    /// <inheritdoc/>
    public override string Key => "AlibabaCloud";

    /// <inheritdoc/>
    public override ApiConventions Conventions { get; } = new()
    {
        Name = CloudName,
        CredentialAdvice = "check the access key id and secret, and that a temporary key is still valid",
        IdAdvice = "check the ids, the region and the account of the key",
        ClassifyCode = AlibabaErrorCodes.Classify,
        ErrorShapes = [("Code", "Message"), ("code", "message")],
        RequestIdMembers = ["RequestId", "requestId"],
        RequestIdHeaders = ["x-acs-request-id", "X-Request-Id"],
        ClockRefusal = new ClockRefusal("time stamp"),
        RetryAfterHeader = "x-acs-retry-after",
    };

    /// <inheritdoc/>
    public override CredentialSchema Credentials => AlibabaCredential.Schema;

    /// <summary>Source: "Use instance RAM roles", "Instance metadata".</summary>
    public override MachineRoleService MachineRole { get; } = new()
    {
        Provider = CloudName,
        Address = new Uri("http://100.100.100.200/"),
        Token = (
            "latest/api/token", "X-aliyun-ecs-metadata-token-ttl-seconds", "X-aliyun-ecs-metadata-token"),
        KeyPath = "latest/meta-data/ram/security-credentials/",
        Members = ("AccessKeyId", "AccessKeySecret", "SecurityToken"),
        ExpiryMember = "Expiration",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> HttpsHosts => AlibabaRegions.StoreHosts;

    /// <inheritdoc/>
    public override IReadOnlyList<BackupService> Services { get; } =
        [RdsService.Instance, RedisService.Instance, MongoDbService.Instance, PolarDbService.Instance];

    /// <inheritdoc/>
    public override ServiceSession OpenSession(
        BackupService service, SessionSettings settings, CredentialFields credential, SecretReference secret,
        RequestContext context)
    {
        var key = AlibabaCredential.From(credential);
        var own = (AlibabaService)service;
        string? region = SettingList.First(Find(CredentialFields.Region))?.Trim().ToLowerInvariant();
        var endpoint = Find(CredentialFields.Endpoint) is { } address
            ? ServiceEndpoint.Parse(
                EndpointTemplate.Expand(address, own.Hosts.Name, region), "The endpoint", own.EndpointExample)
            : own.Hosts.GetEndpoint(
                own.Hosts.Table.Require(region, service.Name),
                SettingFlag.Read(Credentials, AlibabaCredential.VpcEndpoint, Find(AlibabaCredential.VpcEndpoint)));
        return new AlibabaSession(own, endpoint, region, key, credential, secret, context);

        string? Find(string name) =>
            settings.Resolve(name, credential, Credentials, Environment.GetEnvironmentVariable);
    }

    /// <inheritdoc/>
    public override bool OwnsHost(BackupService service, string setting, string host) =>
        ((AlibabaService)service).Hosts.OwnsHost(host);

    /// <summary>True for the signature of version 3, which covers the host; version 1 names none.</summary>
    /// <inheritdoc/>
    public override bool IsBoundToHost(CredentialFields credential) => !AlibabaCredential.From(credential).IsVersion1;
}
