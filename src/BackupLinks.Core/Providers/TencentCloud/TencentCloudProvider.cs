using System;
using System.Collections.Generic;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.TencentCloud.MariaDb;
using BackupLinks.TencentCloud.MongoDb;
using BackupLinks.TencentCloud.MySql;
using BackupLinks.TencentCloud.PostgreSql;
using BackupLinks.TencentCloud.Redis;
using BackupLinks.TencentCloud.SqlServer;
using BackupLinks.TencentCloud.TdsqlC;

namespace BackupLinks.TencentCloud;

/// <summary>Tencent Cloud.</summary>
internal sealed class TencentCloudProvider : Provider
{
    /// <summary>The name that users know.</summary>
    public const string CloudName = "Tencent Cloud";

    /// <summary>The cloud.</summary>
    public static readonly TencentCloudProvider Instance = new();

    private TencentCloudProvider()
    {
    }

    /// <inheritdoc/>
    public override string Key => "TencentCloud";

    /// <inheritdoc/>
    public override ApiConventions Conventions { get; } = new()
    {
        Name = CloudName,
        CredentialAdvice = "check the secret id and the secret key, and that a temporary key is still valid",
        IdAdvice = "check the ids, the region and the account of the key",
        ClassifyCode = TencentErrorCodes.Classify,
        ErrorShapes = [("Code", "Message")],
        RequestIdMembers = ["RequestId"],
        ClockRefusal = new ClockRefusal { HasStatus200 = true },
    };

    /// <inheritdoc/>
    public override CredentialSchema Credentials => TencentCredential.Schema;

    /// <summary>
    /// Sources: "Querying Instance Metadata"; <c>cvm_role_provider.go</c> of the cloud's own SDK. The address is the
    /// one that the name has on its machines.
    /// </summary>
    public override MachineRoleService MachineRole { get; } = new()
    {
        Provider = CloudName,
        Address = new Uri("http://169.254.0.23/"),
        Host = "metadata.tencentyun.com",
        KeyPath = "latest/meta-data/cam/security-credentials/",
        Members = ("TmpSecretId", "TmpSecretKey", "Token"),
        ExpiryMember = "ExpiredTime",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> HttpsHosts => TencentRegions.StoreHosts;

    /// <inheritdoc/>
    public override IReadOnlyList<BackupService> Services { get; } =
    [
        RedisService.Instance, MySqlService.Instance, PostgreSqlService.Instance, SqlServerService.Instance,
        MariaDbService.Instance, TdsqlCService.Instance, MongoDbService.Instance,
    ];

    /// <inheritdoc/>
    public override ServiceSession OpenSession(
        BackupService service, SessionSettings settings, CredentialFields credential, SecretReference secret,
        RequestContext context)
    {
        var key = TencentCredential.From(credential);
        var own = (TencentService)service;
        string? region = SettingList.First(Find(CredentialFields.Region))?.Trim().ToLowerInvariant();
        var endpoint = Find(CredentialFields.Endpoint) is { } address
            ? ServiceEndpoint.Parse(
                EndpointTemplate.Expand(address, own.ApiName, region), "The endpoint", own.EndpointExample)
            : own.Hosts.GetEndpoint(
                own.Hosts.Table.Require(region, service.Name),
                SettingFlag.Read(Credentials, TencentCredential.International, Find(TencentCredential.International)));
        return new TencentSession(own, endpoint, region, key, credential, secret, context);

        string? Find(string name) =>
            settings.Resolve(name, credential, Credentials, Environment.GetEnvironmentVariable);
    }

    /// <inheritdoc/>
    public override bool OwnsHost(BackupService service, string setting, string host) =>
        ((TencentService)service).Hosts.OwnsHost(host);

    /// <summary>True: the signature covers the host.</summary>
    /// <inheritdoc/>
    public override bool IsBoundToHost(CredentialFields credential) => true;
}
