using System;
using BackupLinks.CapitalOnline.Signing;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline;

/// <summary>One service of Capital Online as one credential sees it.</summary>
internal sealed class CapitalOnlineSession : ServiceSession
{
    private readonly CapitalOnlineService _service;

    /// <summary>Opens the session; nothing is sent yet.</summary>
    /// <param name="service">The service.</param>
    /// <param name="endpoint">The API root.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="fields">The credential as the secret has it.</param>
    /// <param name="secret">Where the credential came from.</param>
    /// <param name="context">The session's transport.</param>
    public CapitalOnlineSession(
        CapitalOnlineService service, Uri endpoint, CapitalOnlineCredential credential, CredentialFields fields,
        SecretReference secret, RequestContext context)
        : base(service, endpoint, context)
    {
        _service = service;
        var conventions = service.GetConventions($"the key of {fields.Origin}");
        var clocks = context.Transport.Clocks;
        var signing = new CapitalOnlineSigningHandler(credential, conventions.ClockRefusal, clocks, context.Log);
        Client = new ApiClient(
            context.CreateClient(signing, credential.Scrubber, conventions), endpoint, conventions, credential.Scrubber,
            clocks, context.Log);
        Origin = new LinkOrigin(endpoint.AbsoluteUri, secret, fields) { Service = service.Key, Now = GetStoreTime };
    }

    /// <summary>The API.</summary>
    public ApiClient Client { get; }

    /// <summary>The properties of this session that a link records.</summary>
    public LinkOrigin Origin { get; }

    /// <summary>The path and the query of an action.</summary>
    /// <param name="action">Its name, with its parameters behind: <c>DescribeBackups&amp;InstanceUuid=...</c>.</param>
    public string PathTo(string action) => $"{_service.PathSegment}/?Action={action}";

    private protected override string ListAdvice => "check the id and the account";
}
