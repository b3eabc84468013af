using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud.Iam;
using BackupLinks.HuaweiCloud.Signing;
using BackupLinks.Providers;

namespace BackupLinks.HuaweiCloud;

/// <summary>
/// One service of Huawei Cloud as one credential sees it: credential, project and transport. The first request that
/// needs IAM sends the request to it; the others wait for the same response.
/// </summary>
internal sealed class HuaweiSession : ServiceSession
{
    private readonly ApiConventions _conventions;
    private readonly HuaweiEndpoints _endpoints;
    private readonly HuaweiCredential _credential;
    private readonly SecretReference _secret;
    private readonly RequestContext _context;
    private readonly IamSessionCache _cache;
    private readonly IamFlights _flights;
    private readonly IamTokenSource? _tokens;
    private readonly SingleFlight<HuaweiProject> _project;

    /// <summary>Opens the session; nothing is sent yet.</summary>
    public HuaweiSession(
        HuaweiService service, HuaweiEndpoints endpoints, HuaweiCredential credential, SecretReference secret,
        RequestContext context)
        : base(service, endpoints.Endpoint, context)
    {
        _conventions = service.GetConventions($"{credential.Noun} of {credential.Fields.Origin}");
        _endpoints = endpoints;
        _credential = credential;
        _secret = secret;
        _context = context;
        _cache = context.Transport.Remember<IamSessionCache>();
        _flights = context.Share<IamFlights>();
        _project = new SingleFlight<HuaweiProject>(context.Transport.Clock);
        if (credential is IamUserCredential user)
        {
            var scope = new IamName(endpoints.ProjectId, endpoints.Region);
            _tokens = _flights.GetTokens((endpoints.IamEndpoint, user.Fingerprint, scope), () => new IamTokenSource(
                user, scope, new IamClient(Connect(endpoints.IamEndpoint, null), context.Transport.Clocks), _cache,
                endpoints.IamEndpoint, context.Transport.Clocks, context.Transport.Clock));
        }
    }

    /// <summary>The region or sub-project; null when only an endpoint was given.</summary>
    public override string? Region => _endpoints.Region;

    /// <summary>The service and the project, ready for requests.</summary>
    /// <exception cref="ApiException">IAM refused, failed, or knows no such project.</exception>
    public Task<HuaweiProject> OpenAsync(CancellationToken cancellationToken) => _project.GetAsync(
        async () =>
        {
            string id = _endpoints.ProjectId ?? await FindProjectIdAsync(cancellationToken).ConfigureAwait(false);
            ServiceEndpoint.RequireAscii(id, "project id");
            return new HuaweiProject(id, Connect(_endpoints.Endpoint, Authenticate(id)));
        },
        static _ => true);

    private protected override string ListAdvice => "check the id, the region and the project";

    /// <summary>The properties of this session that a link records.</summary>
    public HuaweiLinkOrigin GetOrigin(HuaweiProject project) => new(
        _endpoints.Endpoint.AbsoluteUri, _secret, _credential.Fields, _endpoints.Region, project.Id,
        _endpoints.IamEndpoint.AbsoluteUri)
    {
        Service = Service.Key,
        Now = GetStoreTime,
    };

    private async Task<string> FindProjectIdAsync(CancellationToken cancellationToken)
    {
        // Resolve() has seen to it that a region is there when the project id is not.
        var key = (_endpoints.IamEndpoint, _credential.Fingerprint, _endpoints.Region!);
        if (_cache.Projects.TryGetValue(key, out string? known))
            return known;
        // Sessions with other services of the region need the same project.
        return await _flights.GetProject(key, _context.Transport.Clock)
            .GetAsync(() => RequestProjectIdAsync(key, cancellationToken), static _ => true).ConfigureAwait(false);
    }

    private async Task<string> RequestProjectIdAsync((Uri, string, string) key, CancellationToken cancellationToken)
    {
        // A token for the region's project names the project.
        string? id = _tokens is null
            ? null
            : (await _tokens.GetAsync(cancellationToken).ConfigureAwait(false)).ProjectId;
        id ??= await new IamClient(Connect(_endpoints.IamEndpoint, Authenticate(null)), _context.Transport.Clocks)
            .FindProjectIdAsync(_endpoints.Region!, cancellationToken).ConfigureAwait(false);
        return _cache.Projects[key] = id;
    }

    private AuthenticationHandler Authenticate(string? projectId) => _credential switch
    {
        TokenCredential token => new FixedTokenHandler(token.Token),
        IamUserCredential => new IamTokenHandler(_tokens!),
        _ => new HuaweiSigningHandler(
            _context.GetKeys(Service.Provider.MachineRole!, _credential.Fields, _credential.Scrubber), projectId,
            _conventions.ClockRefusal, _context.Transport.Clocks, _context.Log),
    };

    private ApiClient Connect(Uri endpoint, AuthenticationHandler? authentication) => new(
        _context.CreateClient(
            authentication, _credential.Scrubber, _conventions), endpoint, _conventions, _credential.Scrubber,
        authentication is HuaweiSigningHandler ? _context.Transport.Clocks : null, _context.Log);
}
