using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using BackupLinks.AlibabaCloud;
using BackupLinks.CapitalOnline;
using BackupLinks.Credentials;
using BackupLinks.HuaweiCloud;
using BackupLinks.Providers;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Sandbox.TencentCloud;
using BackupLinks.TencentCloud;
using BackupLinks.Text;

namespace BackupLinks.Tests.Conformance;

/// <summary>
/// What the suites must know of a cloud besides what its provider says. A new cloud adds one; a new service, nothing.
/// </summary>
/// <param name="Provider">The cloud.</param>
/// <param name="Key">A key that the sandbox knows.</param>
internal sealed record CloudSample(Provider Provider, SandboxKey Key)
{
    /// <summary>The samples of all clouds.</summary>
    public static IReadOnlyList<CloudSample> All { get; } =
    [
        new(HuaweiCloudProvider.Instance, HuaweiSamples.OperatorKey)
        {
            Settings = new()
            {
                [CredentialFields.Region] = HuaweiSamples.Region,
                [CredentialFields.ProjectId] = HuaweiSamples.ProjectId,
            },
            PathOf = static service => "/" + ((HuaweiService)service).Hosts.Name,
            Page = static query => (int.Parse(query["limit"], CultureInfo.InvariantCulture), Number(query, "offset")),
            Refusal = static code => new JsonObject { ["error_code"] = code, ["error_msg"] = "No." },
        },
        new(CapitalOnlineProvider.Instance, CapitalOnlineSamples.Key),
        new(AlibabaCloudProvider.Instance, AlibabaSamples.Key)
        {
            Settings = new() { [CredentialFields.Region] = AlibabaSamples.Region },
            Page = static query => (Number(query, "PageSize")!.Value, Number(query, "PageNumber")),
            FirstPage = static _ => 1,
        },
        new(TencentCloudProvider.Instance, TencentSamples.Key)
        {
            Settings = new() { [CredentialFields.Region] = TencentSamples.Region },
            Page = static query => (Number(query, "Limit")!.Value, Number(query, "Offset")),
            FirstPage = static service => service.Name == "SqlServer" ? 0 : null,
            Refusal = static code => new JsonObject
            {
                ["Response"] = new JsonObject { ["Error"] = new JsonObject { ["Code"] = code, ["Message"] = "No." } },
            },
        },
    ];

    /// <summary>The settings of a session, but for addresses.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>
    /// Which page the parameters of a request name: the most entries, and the offset; null for a cloud without pages.
    /// </summary>
    public Func<IReadOnlyDictionary<string, string>, (int Limit, int? Offset)>? Page { get; init; }

    /// <summary>
    /// The number of the first page, where offsets are numbers of pages; null where they count entries.
    /// </summary>
    public Func<BackupService, int?> FirstPage { get; init; } = static _ => null;

    /// <summary>The body of a refusal with this code.</summary>
    public Func<string, JsonObject> Refusal { get; init; } =
        static code => new JsonObject { ["Code"] = code, ["Message"] = "No." };

    /// <summary>The credential, as a secret has it.</summary>
    public CredentialFields Credential => With(Key.SecretKey);

    /// <summary>The sample of a cloud.</summary>
    public static CloudSample Of(Provider provider) => All.SingleOrDefault(sample => sample.Provider == provider)
        ?? throw new InvalidOperationException($"Add a CloudSample of {provider.Name}, so that the suites cover it.");

    /// <summary>The same access key with another secret key.</summary>
    public CredentialFields With(string secretKey)
    {
        var pair = Provider.Credentials.Kinds[0].Required;
        return new(
            Provider.Credentials, $"The secret '{Provider.Credentials.SecretName}'",
            [new(pair[0].Name, Key.AccessKey), new(pair[1].Name, secretKey)]);
    }

    /// <summary>
    /// The path of the sandbox that stands for the host of a service; empty where services have one host.
    /// </summary>
    public Func<BackupService, string> PathOf { get; init; } = static _ => "";

    /// <summary>The settings with the sandbox in the place of all hosts.</summary>
    public SessionSettings At(Uri address, BackupService service)
    {
        var settings = new SessionSettings();
        foreach (var (name, value) in Settings)
            settings[name] = value;
        foreach (var key in Provider.Credentials.Settings.Where(key => key.IsEndpoint))
            settings[key.Name] = address.GetLeftPart(UriPartial.Authority) + PathOf(service);
        return settings;
    }

    /// <summary>The parameters of a query.</summary>
    public static IReadOnlyDictionary<string, string> Read(Uri address) => address.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => PercentEncoding.Decode(pair[^1]));

    /// <summary>The parameters of a request, in its query and in its body.</summary>
    public static IReadOnlyDictionary<string, string> Read((string Method, Uri Address, string Body) request)
    {
        var parameters = new Dictionary<string, string>(Read(request.Address));
        if (request.Body.StartsWith('{'))
        {
            foreach (var (name, value) in JsonNode.Parse(request.Body)!.AsObject())
                parameters[name] = value?.ToString() ?? "";
        }

        return parameters;
    }

    private static int? Number(IReadOnlyDictionary<string, string> query, string name) =>
        query.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
