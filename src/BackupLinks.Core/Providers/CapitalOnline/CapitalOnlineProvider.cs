using System;
using System.Collections.Generic;
using BackupLinks.CapitalOnline.MySql;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline;

/// <summary>Capital Online.</summary>
internal sealed class CapitalOnlineProvider : Provider
{
    /// <summary>
    /// The API root without an endpoint. Asia and the US have <c>cdsapi-asia.</c> and <c>cdsapi-us.</c>.
    /// </summary>
    public const string DefaultEndpoint = "https://cdsapi.capitalonline.net";

    /// <summary>The name that users know.</summary>
    public const string CloudName = "Capital Online";

    /// <summary>The cloud.</summary>
    public static readonly CapitalOnlineProvider Instance = new();

    private CapitalOnlineProvider()
    {
    }

    /// <inheritdoc/>
    public override string Key => "CapitalOnline";

    /// <inheritdoc/>
    public override ApiConventions Conventions { get; } = new()
    {
        Name = CloudName,
        CredentialAdvice = "check the access key and secret key",
        IdAdvice = "check the ids, and the account of the key",
        ClassifyCode = Classify,
        RequestIdMembers = ["request_id", "RequestId", "TaskId"],
    };

    /// <inheritdoc/>
    public override CredentialSchema Credentials => CapitalOnlineCredential.Schema;

    /// <inheritdoc/>
    public override bool HasOneEndpoint => true;

    /// <summary>True for <c>CN_Beijing_A</c> and the like: the pages list no regions, but all have this form.</summary>
    /// <inheritdoc/>
    public override bool HasRegion(string region) => region.IndexOf('_') >= 0;

    /// <inheritdoc/>
    public override IReadOnlyList<BackupService> Services { get; } = [CdsRedisService.Instance, MySqlService.Instance];

    /// <inheritdoc/>
    public override ServiceSession OpenSession(
        BackupService service, SessionSettings settings, CredentialFields credential, SecretReference secret,
        RequestContext context)
    {
        var key = CapitalOnlineCredential.From(credential);
        string address = settings.Resolve(
            CredentialFields.Endpoint, credential, Credentials, Environment.GetEnvironmentVariable)
            ?? DefaultEndpoint;
        var own = (CapitalOnlineService)service;
        string? region = SettingList.First(settings.Resolve(
            CredentialFields.Region, credential, Credentials, Environment.GetEnvironmentVariable));
        string place = EndpointTemplate.Expand(address, own.PathSegment, region);
        var endpoint = ServiceEndpoint.Parse(place, "The endpoint", service.EndpointExample);
        return new CapitalOnlineSession(own, endpoint, key, credential, secret, context);
    }

    /// <summary>True for <c>cdsapi</c>, <c>cdsapi-asia</c> and <c>cdsapi-us</c>.</summary>
    /// <inheritdoc/>
    public override bool OwnsHost(BackupService service, string setting, string host) =>
        host.StartsWith("cdsapi", StringComparison.OrdinalIgnoreCase)
            && host.EndsWith(".capitalonline.net", StringComparison.OrdinalIgnoreCase) && host.Split('.').Length == 3;

    /// <summary>False: the signature names no host, so that anyone who gets it can use it at the provider's.</summary>
    /// <inheritdoc/>
    public override bool IsBoundToHost(CredentialFields credential) => false;

    // The vendor's pages list the codes below; those of a refused signature are not documented, so their
    // words decide. Errors may come with HTTP status 200.
    private static ErrorKind? Classify(string code)
    {
        switch (code)
        {
            case "ResourceNotFound":
                return ErrorKind.NotFound;
            case "ArgMissing" or "InvalidParameter" or "BadArgs" or "UnsupportedOperation":
                return ErrorKind.InvalidRequest;
            case "ResourceInUse":
                return ErrorKind.Conflict;
            case "InternalError" or "CreateOrderExcept":
                return ErrorKind.ServiceUnavailable;
        }

        return Has("Signature") || Has("AccessKey") || Has("Authentication") || Has("Unauthorized")
            ? ErrorKind.AuthenticationFailed
            : Has("Forbidden") || Has("Permission") || Has("Denied") ? ErrorKind.AccessDenied
            : Has("Throttl") || Has("TooMany") ? ErrorKind.Throttled
            : Has("NotFound") ? ErrorKind.NotFound
            : null;

        bool Has(string word) => code.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
