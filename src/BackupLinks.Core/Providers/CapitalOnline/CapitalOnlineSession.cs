using System;
using BackupLinks.CapitalOnline.Signing;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;

namespace BackupLinks.CapitalOnline;

/// <summary>One command's way to Capital Online: credential and pipeline.</summary>
internal sealed class CapitalOnlineSession
{
    /// <summary>The API root when nobody gave one. Asia and the US have <c>cdsapi-asia.</c> and <c>cdsapi-us.</c>.</summary>
    public const string DefaultEndpoint = "https://cdsapi.capitalonline.net";

    private static readonly ApiProvider Provider = new("Capital Online", "check the access key and secret key", "check the ids, and whose key it is", Classify);

    private readonly ClockSkewTracker _clocks;
    private readonly Uri _root;

    /// <summary>Prepares the way; nothing is sent yet.</summary>
    /// <param name="endpoint">The API root; null for the secret's, else the default.</param>
    /// <param name="fields">The credential.</param>
    /// <param name="secret">Where the credential came from.</param>
    /// <param name="pipeline">The session's transport.</param>
    /// <exception cref="BackupLinksException">The endpoint or the credential is unusable.</exception>
    public CapitalOnlineSession(string? endpoint, CredentialFields fields, SecretReference secret, RequestContext pipeline)
    {
        var credential = CapitalOnlineCredential.From(fields);
        var root = ServiceEndpoint.Parse(endpoint ?? fields[CredentialFields.Endpoint] ?? DefaultEndpoint, "The endpoint");
        var signing = new CapitalOnlineSigningHandler(credential, pipeline.Transport.Clocks, pipeline.Log);
        _clocks = pipeline.Transport.Clocks;
        _root = root;
        Service = new ApiClient(
            pipeline.CreateClient(signing, credential.Scrubber, Provider), root,
            Provider with { Credential = $"the key of {fields.Origin}" }, credential.Scrubber,
            pipeline.Transport.Clocks, pipeline.Log);
        Origin = new LinkOrigin(root.AbsoluteUri, secret, fields) { Now = GetHostTime };
    }

    /// <summary>Now, by the service's clock as far as it is known.</summary>
    public DateTimeOffset GetHostTime() => _clocks.GetUtcNow(_root);

    /// <summary>The API.</summary>
    public ApiClient Service { get; }

    /// <summary>What a link must remember of this connection.</summary>
    public LinkOrigin Origin { get; }

    /// <summary>The error for something that is not in the list where it would have to be.</summary>
    /// <param name="subject">What was asked for, as it reads in a sentence.</param>
    public static ApiException NotListed(string subject) =>
        new(ErrorKind.NotFound, $"{Provider.Name} lists no {subject}; check the id and the account.");

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

        return Has("Signature") || Has("AccessKey") || Has("Authentication") || Has("Unauthorized") ? ErrorKind.AuthenticationFailed
            : Has("Forbidden") || Has("Permission") || Has("Denied") ? ErrorKind.AccessDenied
            : Has("Throttl") || Has("TooMany") ? ErrorKind.Throttled
            : Has("NotFound") ? ErrorKind.NotFound
            : null;

        bool Has(string word) => code.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
