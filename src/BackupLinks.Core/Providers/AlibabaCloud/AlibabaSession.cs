using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.AlibabaCloud.Signing;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.AlibabaCloud;

/// <summary>One service of Alibaba Cloud as one credential sees it, in one region.</summary>
internal sealed class AlibabaSession : ServiceSession
{
    /// <summary>Opens the session; nothing is sent yet.</summary>
    /// <param name="service">The service.</param>
    /// <param name="endpoint">The base address of the service.</param>
    /// <param name="region">The region; null when only an endpoint was given.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="fields">The credential as the secret has it.</param>
    /// <param name="secret">Where the credential came from.</param>
    /// <param name="context">The session's transport.</param>
    public AlibabaSession(
        AlibabaService service, Uri endpoint, string? region, AlibabaCredential credential, CredentialFields fields,
        SecretReference secret, RequestContext context)
        : base(service, endpoint, context)
    {
        Region = region;
        var conventions = service.GetConventions($"the key of {fields.Origin}");
        var clocks = context.Transport.Clocks;
        var keys = context.GetKeys(service.Provider.MachineRole!, fields, credential.Scrubber);
        var signing = new AlibabaSigningHandler(
            keys, credential.IsVersion1, service.ApiVersion, conventions.ClockRefusal, clocks, context.Log);
        Client = new ApiClient(
            context.CreateClient(signing, credential.Scrubber, conventions), endpoint, conventions, credential.Scrubber,
            clocks, context.Log);
        Origin = new AlibabaLinkOrigin(endpoint.AbsoluteUri, secret, fields, region)
        {
            Service = service.Key, Now = GetStoreTime,
        };
    }

    /// <inheritdoc/>
    public override string? Region { get; }

    /// <summary>The API.</summary>
    public ApiClient Client { get; }

    /// <summary>The properties of this session that a link records.</summary>
    public AlibabaLinkOrigin Origin { get; }

    private protected override string ListAdvice => "check the id and the region";

    /// <summary>The query of an action.</summary>
    /// <param name="action">Its name.</param>
    /// <param name="parameters">Its parameters, not encoded; null for one that is not sent.</param>
    public static string PathTo(string action, IEnumerable<(string Name, string? Value)> parameters) =>
        "?Action=" + action + string.Concat(
            parameters.Where(parameter => parameter.Value is not null).Select(
                parameter => $"&{parameter.Name}={PercentEncoding.Encode(parameter.Value!)}"));
}
