using System;
using System.Collections.Generic;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Dds;
using BackupLinks.HuaweiCloud.GaussDb;
using BackupLinks.HuaweiCloud.Iam;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.HuaweiCloud.TaurusDb;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud;

/// <summary>Huawei Cloud.</summary>
internal sealed class HuaweiCloudProvider : Provider
{
    /// <summary>The setting with the base address of IAM.</summary>
    public const string IamEndpoint = "IamEndpoint";

    /// <summary>The name that users know.</summary>
    public const string CloudName = "Huawei Cloud";

    /// <summary>The cloud.</summary>
    public static readonly HuaweiCloudProvider Instance = new();

    private HuaweiCloudProvider()
    {
    }

    /// <inheritdoc/>
    public override string Key => "HuaweiCloud";

    /// <inheritdoc/>
    public override ApiConventions Conventions { get; } = new()
    {
        Name = CloudName,
        CredentialAdvice = "check the access key and secret key, the password, or get a new token",
        IdAdvice = "check the ids, the region and the project",
        ClassifyCode = HuaweiErrorCodes.Classify,
        RequestIdHeaders = ["X-Request-Id", "X-IAM-Trace-Id", "x-obs-request-id"],
        // The gateway says this of a wrong key, too.
        ClockRefusal = new ClockRefusal("x-sdk-date") { Ambiguous = "verify aksk signature fail" },
    };

    /// <inheritdoc/>
    public override CredentialSchema Credentials => HuaweiCredential.Schema;

    /// <inheritdoc/>
    public override IReadOnlyList<BackupService> Services { get; } =
    [
        DcsService.Instance, RdsService.Instance, DdsService.Instance, GaussDbService.Instance,
        TaurusDbService.Instance,
    ];

    /// <inheritdoc/>
    public override ServiceSession OpenSession(
        BackupService service, SessionSettings settings, CredentialFields credential, SecretReference secret,
        RequestContext context)
    {
        // The credential first: the settings may be a part of it.
        var key = context.Share<IamFlights>().GetCredential(credential);
        var options = new HuaweiOptions(
            settings[CredentialFields.Region], settings[CredentialFields.ProjectId],
            settings[CredentialFields.Endpoint], settings[IamEndpoint]);
        var own = (HuaweiService)service;
        var endpoints = HuaweiEndpoints.Resolve(own.Hosts, options, credential, Environment.GetEnvironmentVariable);
        return new HuaweiSession(own, endpoints, key, secret, context);
    }

    /// <inheritdoc/>
    public override bool OwnsHost(BackupService service, string setting, string host) =>
        (setting == IamEndpoint ? HuaweiHosts.Iam : ((HuaweiService)service).Hosts).OwnsHost(host);

    /// <summary>
    /// The key is not named: a machine has one agency. Sources: "Obtaining metadata", and the vendor's SDK for Java.
    /// </summary>
    public override MachineRoleService MachineRole { get; } = new()
    {
        Provider = CloudName,
        Address = new Uri("http://169.254.169.254/"),
        Token = ("meta-data/latest/api/token", "X-Metadata-Token-Ttl-Seconds", "X-Metadata-Token"),
        KeyPath = "openstack/latest/securitykey",
        NoRole = "configure Cloud Service Agency",
        Envelope = "credential",
        Members = ("access", "secret", "securitytoken"),
        ExpiryMember = "expires_at",
    };

    /// <summary>True for an access key: passwords and tokens are sent as they are.</summary>
    /// <inheritdoc/>
    public override bool IsBoundToHost(CredentialFields credential) =>
        HuaweiCredential.From(credential) is AccessKeyCredential or MachineRoleCredential;
}
