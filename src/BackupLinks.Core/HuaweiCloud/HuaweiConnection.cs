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
internal sealed class HuaweiConnection : IDisposable
{
    private static readonly ApiProvider Provider = new(
        "Huawei Cloud", "check the access key and secret key, the password, or get a new token", HuaweiErrorCodes.Classify);

    private readonly HuaweiTarget _target;
    private readonly HuaweiCredential _credential;
    private readonly SecretReference _secret;
    private readonly CommandPipeline _pipeline;
    private readonly IamSessionCache _cache;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly IamTokenSource? _tokens;
    private HuaweiProject? _project;
    private ApiException? _refusal;

    /// <summary>Prepares the way; nothing is sent yet.</summary>
    public HuaweiConnection(HuaweiTarget target, HuaweiCredential credential, SecretReference secret, CommandPipeline pipeline, IamSessionCache cache)
    {
        _target = target;
        _credential = credential;
        _secret = secret;
        _pipeline = pipeline;
        _cache = cache;
        if (credential is IamUserCredential user)
        {
            var scope = new IamName(target.ProjectId, target.Region);
            var iam = new IamClient(Connect(target.IamEndpoint, null), pipeline.Transport.Clock);
            _tokens = new IamTokenSource(user, scope, iam, cache, target.IamEndpoint, pipeline.Transport.Clocks);
        }
    }

    /// <summary>The service and the project, ready for requests.</summary>
    /// <exception cref="ApiException">IAM refused, failed, or knows no such project; a refusal is given again without asking.</exception>
    public async Task<HuaweiProject> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_refusal is not null)
                throw _refusal;
            if (_project is null)
            {
                string id = _target.ProjectId ?? await FindProjectIdAsync(cancellationToken).ConfigureAwait(false);
                _project = new HuaweiProject(id, Connect(_target.Endpoint, Authenticate(id)));
            }

            return _project;
        }
        catch (ApiException e) when (e.Kind is ErrorKind.AuthenticationFailed or ErrorKind.AccessDenied or ErrorKind.ProjectNotFound)
        {
            _refusal = e;
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Now, by the service's clock as far as it is known.</summary>
    public DateTimeOffset GetHostTime() => _pipeline.Transport.Clocks.GetUtcNow(_target.Endpoint);

    /// <summary>What a link must remember of this connection.</summary>
    public HuaweiLinkOrigin GetOrigin(HuaweiProject project) => new(
        _target.Endpoint.AbsoluteUri, _secret.Name, _secret.Vault, _target.Region, project.Id, _target.IamEndpoint.AbsoluteUri);

    public void Dispose()
    {
        _gate.Dispose();
        _tokens?.Dispose();
    }

    private async Task<string> FindProjectIdAsync(CancellationToken cancellationToken)
    {
        // Resolve() has seen to it that a region is there when the project id is not.
        var key = (_target.IamEndpoint, _credential.Fingerprint, _target.Region!);
        if (_cache.Projects.TryGetValue(key, out string? known))
            return known;
        // A token for the region's project names the project.
        string? id = _tokens is null ? null : (await _tokens.GetAsync(cancellationToken).ConfigureAwait(false)).ProjectId;
        id ??= await new IamClient(Connect(_target.IamEndpoint, Authenticate(null)), _pipeline.Transport.Clock)
            .FindProjectIdAsync(_target.Region!, cancellationToken).ConfigureAwait(false);
        return _cache.Projects[key] = id;
    }

    private AuthenticationHandler Authenticate(string? projectId) => _credential switch
    {
        AccessKeyCredential key => new HuaweiSigningHandler(key, projectId, _pipeline.Transport.Clocks, _pipeline.Progress),
        TokenCredential token => new FixedTokenHandler(token.Token),
        _ => new IamTokenHandler(_tokens!),
    };

    private ApiConnection Connect(Uri endpoint, AuthenticationHandler? authentication) => new(
        _pipeline.CreateClient(authentication), endpoint, Provider, _credential.Scrubber,
        isSigned: authentication is HuaweiSigningHandler, _pipeline.Progress);
}
