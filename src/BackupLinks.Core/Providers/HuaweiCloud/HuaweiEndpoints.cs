using System;
using System.Linq;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Regions;

namespace BackupLinks.HuaweiCloud;

/// <summary>Which service, where, and in which project.</summary>
internal sealed record HuaweiEndpoints
{
    /// <summary>The base address of the service.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The base address of IAM.</summary>
    public required Uri IamEndpoint { get; init; }

    /// <summary>The region, or the sub-project of one, by name; null when only an endpoint was given.</summary>
    public string? Region { get; init; }

    /// <summary>The project; null when it is to be looked up by the region's name.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Puts the target together: parameter first, then secret, then environment.</summary>
    /// <param name="service">The hosts of the service.</param>
    /// <param name="parameters">The parameters of the command; a parameter that was not given is null.</param>
    /// <param name="secret">The credential's own fields; they may name a place, too.</param>
    /// <param name="environment">Reads an environment variable; null for one that is not set.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.UnknownRegion"/>, <see cref="ErrorKind.InvalidEndpoint"/>,
    /// <see cref="ErrorKind.InsecureEndpoint"/> or <see cref="ErrorKind.ProjectRequired"/>.
    /// </exception>
    public static HuaweiEndpoints Resolve(
        HuaweiHosts service, HuaweiOptions parameters, CredentialFields secret, Func<string, string?> environment)
    {
        string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;
        string? OfEnvironment(string name) =>
            HuaweiCredential.Schema.Find(name)?.Variable is { } variable ? Variable(variable) : null;
        string? Resolve(string? given, string name) => given ?? secret[name] ?? OfEnvironment(name);
        // A secret may name several regions; who chooses none of them gets the first.
        string? region = Normalize(SettingList.First(Resolve(parameters.Region, CredentialFields.Region)));
        string? project = parameters.ProjectId ?? OwnProject(region, name =>
            secret[CredentialFields.ProjectId] is null ? OfEnvironment(name) : secret[name]);
        string? endpoint = Resolve(parameters.Endpoint, CredentialFields.Endpoint)
            ?? EndpointFromEnvironment(service, region, Variable);
        string? iam = Resolve(parameters.IamEndpoint, HuaweiCloudProvider.IamEndpoint);
        if (project is null && region is null)
        {
            throw new BackupLinksException(
                ErrorKind.ProjectRequired,
                "Neither a project id nor a region was given; pass -Region or -ProjectId, or store one of them with "
                    + "the credential.");
        }

        string? name = region is null ? null : BaseRegion(region);
        var address = endpoint is null ? FromRegion(service, region) : Expand(endpoint, "The endpoint", service);
        return new HuaweiEndpoints
        {
            Endpoint = address,
            IamEndpoint = iam is not null ? Expand(iam, "The IAM endpoint", HuaweiHosts.Iam)
                : endpoint is null ? HuaweiHosts.Iam.GetEndpoint(name!)
                : EndpointTemplate.NamesService(endpoint) ? Expand(endpoint, "The endpoint", HuaweiHosts.Iam)
                : IamBeside(service, address),
            Region = region,
            ProjectId = project,
        };

        Uri Expand(string text, string parameter, HuaweiHosts hosts) =>
            ServiceEndpoint.Parse(EndpointTemplate.Expand(text, hosts.Name, name), parameter, hosts.Example);
    }

    // The project that a secret or the environment names is of the region that it names, the first of several.
    private static string? OwnProject(string? region, Func<string, string?> source) =>
        Normalize(SettingList.First(source(CredentialFields.Region))) is { } own && own != region ? null
            : source(CredentialFields.ProjectId);

    private static Uri FromRegion(HuaweiHosts service, string? region) => service.GetEndpoint(
        service.Table.Require(region is null ? null : BaseRegion(region), service.Name.ToUpperInvariant()));

    // Sub-projects are named region_name; their endpoints are the region's.
    private static string BaseRegion(string region) => region.Split('_')[0];

    // Regions are lower-case, and IAM compares exactly; the name of a sub-project is its owner's.
    private static string? Normalize(string? region)
    {
        if (region is null)
            return null;
        string name = BaseRegion(region.Trim());
        return name.ToLowerInvariant() + region.Trim().Substring(name.Length);
    }

    // The vendor's SDK takes a list here and fails over; the first one is the main address.
    private static string? EndpointFromEnvironment(
        HuaweiHosts service, string? region, Func<string, string?> environment) =>
        region is null
            ? null
            : environment(
                $"HUAWEICLOUD_SDK_REGION_{service.SdkName}_{BaseRegion(region).Replace('-', '_')}"
                    .ToUpperInvariant())?.Split(',')[0];

    private static Uri IamBeside(HuaweiHosts service, Uri endpoint)
    {
        int dot = endpoint.Host.IndexOf('.');
        return dot > 0 && service.Names.Contains(endpoint.Host.Substring(0, dot), StringComparer.OrdinalIgnoreCase)
            ? new UriBuilder(endpoint) { Host = HuaweiHosts.Iam.Name + endpoint.Host.Substring(dot) }.Uri
            : endpoint;
    }
}
