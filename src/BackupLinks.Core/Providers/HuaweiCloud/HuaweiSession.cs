using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Iam;
using BackupLinks.HuaweiCloud.Signing;

namespace BackupLinks.HuaweiCloud;

/// <summary>
/// One command's way to one service of Huawei Cloud: credential, project and pipeline. What has to be asked
/// of IAM first is asked once, by the first item that needs it.
/// </summary>
internal sealed class HuaweiSession
{
    private static readonly ApiProvider Provider = new(
        "Huawei Cloud", "check the access key and secret key, the password, or get a new token", "check the ids, the region and the project", HuaweiErrorCodes.Classify);

    private readonly ApiProvider _provider;
    private readonly HuaweiEndpoints _target;
    private readonly HuaweiCredential _credential;
    private readonly SecretReference _secret;
    private readonly RequestContext _pipeline;
    private readonly IamSessionCache _cache;
    private readonly IamTokenSource? _tokens;
    private readonly SingleFlight<HuaweiProject> _project;

    /// <summary>Prepares the way; nothing is sent yet.</summary>
    public HuaweiSession(HuaweiEndpoints target, HuaweiCredential credential, SecretReference secret, RequestContext pipeline)
    {
        _provider = Provider with
        {
            ClassifyCode = code => target.Service.ErrorCodes.TryGetValue(code, out var kind) ? kind : HuaweiErrorCodes.Classify(code),
            Credential = $"{credential.Noun} of {credential.Fields.Origin}",
        };
        _target = target;
        _credential = credential;
        _secret = secret;
        _pipeline = pipeline;
        _cache = pipeline.Transport.Remember<IamSessionCache>();
        _project = new SingleFlight<HuaweiProject>(pipeline.Transport.Clock);
        if (credential is IamUserCredential user)
        {
            var scope = new IamName(target.ProjectId, target.Region);
            var iam = new IamClient(Connect(target.IamEndpoint, null), pipeline.Transport.Clocks);
            _tokens = new IamTokenSource(
                user, scope, iam, _cache, target.IamEndpoint, pipeline.Transport.Clocks, pipeline.Transport.Clock);
        }
    }

    /// <summary>The region, or sub-project, that is asked; null when only an endpoint was given.</summary>
    public string? Region => _target.Region;

    /// <summary>The service and the project, ready for requests.</summary>
    /// <exception cref="ApiException">IAM refused, failed, or knows no such project.</exception>
    public Task<HuaweiProject> OpenAsync(CancellationToken cancellationToken) => _project.GetAsync(
        async () =>
        {
            string id = _target.ProjectId ?? await FindProjectIdAsync(cancellationToken).ConfigureAwait(false);
            ServiceEndpoint.RequireAscii(id, "project id");
            return new HuaweiProject(id, Connect(_target.Endpoint, Authenticate(id)));
        },
        static _ => true);

    /// <summary>Now, by the service's clock as far as it is known.</summary>
    public DateTimeOffset GetHostTime() => _pipeline.Transport.Clocks.GetUtcNow(_target.Endpoint);

    /// <summary>The error for something that is not in the list where it would have to be.</summary>
    /// <param name="subject">What was asked for, as it reads in a sentence.</param>
    public static ApiException NotListed(string subject) =>
        new(ErrorKind.NotFound, $"{Provider.Name} lists no {subject}; check the id, the region and the project.");

    /// <summary>What a link must remember of this connection.</summary>
    public HuaweiLinkOrigin GetOrigin(HuaweiProject project) => new(
        _target.Endpoint.AbsoluteUri, _secret, _credential.Fields, _target.Region, project.Id, _target.IamEndpoint.AbsoluteUri) { Now = GetHostTime };

    private async Task<string> FindProjectIdAsync(CancellationToken cancellationToken)
    {
        // Resolve() has seen to it that a region is there when the project id is not.
        var key = (_target.IamEndpoint, _credential.Fingerprint, _target.Region!);
        if (_cache.Projects.TryGetValue(key, out string? known))
            return known;
        // A token for the region's project names the project.
        string? id = _tokens is null ? null : (await _tokens.GetAsync(cancellationToken).ConfigureAwait(false)).ProjectId;
        id ??= await new IamClient(Connect(_target.IamEndpoint, Authenticate(null)), _pipeline.Transport.Clocks)
            .FindProjectIdAsync(_target.Region!, cancellationToken).ConfigureAwait(false);
        return _cache.Projects[key] = id;
    }

    private AuthenticationHandler Authenticate(string? projectId) => _credential switch
    {
        AccessKeyCredential key => new HuaweiSigningHandler(key, projectId, _pipeline.Transport.Clocks, _pipeline.Log),
        TokenCredential token => new FixedTokenHandler(token.Token),
        _ => new IamTokenHandler(_tokens!),
    };

    private ApiClient Connect(Uri endpoint, AuthenticationHandler? authentication) => new(
        _pipeline.CreateClient(authentication, _credential.Scrubber, _provider), endpoint, _provider, _credential.Scrubber,
        authentication is HuaweiSigningHandler ? _pipeline.Transport.Clocks : null, _pipeline.Log);
}
