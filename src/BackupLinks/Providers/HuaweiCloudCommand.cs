using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Cmdlets;
using BackupLinks.Completion;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Parameters;
using BackupLinks.Secrets;

namespace BackupLinks.Providers;

/// <summary>
/// What every command for Huawei Cloud has in common: the region, the project, and IAM. Objects from the pipeline may
/// say which region and project they are of; which hosts get the credential is the caller's business alone, so that no
/// endpoint and no secret binds from the pipeline.
/// </summary>
/// <typeparam name="TResult">What the command writes.</typeparam>
public abstract class HuaweiCloudCommand<TResult> : ProviderCommand<TResult>, IRegionalCommand
    where TResult : class
{
    private readonly Dictionary<(string? Region, string? ProjectId), HuaweiSession> _connections = [];
    private Func<(string? Region, string? ProjectId), HuaweiSession> _connect = null!;
    private (string? Region, string? ProjectId) _typed;

    private protected HuaweiCloudCommand()
    {
    }

    /// <summary>The region, such as cn-north-4, or a sub-project of one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The project; looked up by the region's name when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? ProjectId { get; set; }

    /// <summary>The base address of IAM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IamEndpoint { get; set; }

    IEnumerable<string> IRegionalCommand.Regions => Service.Regions;

    private protected abstract HuaweiService Service { get; }

    private protected sealed override CredentialConvention Convention => HuaweiCredential.Convention;

    /// <summary>Asks about one item, when its turn comes, where the item says that it is.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Ask"/>
    private protected void Ask<TAnswer>(RequestItem item, Func<HuaweiSession, CancellationToken, Task<TAnswer>> ask)
        where TAnswer : class, IResultPage<TResult>
    {
        var place = GetPlace();
        HuaweiSession connection;
        try
        {
            connection = GetConnection(place);
        }
        catch (BackupLinksException e) when (place != _typed)
        {
            // The item's own region leads nowhere; its error waits for its turn.
            Ask(item, _ => Task.FromException<TAnswer>(e));
            return;
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(SecretName));
            return;
        }

        Ask(item, stop => ask(connection, stop));
    }

    /// <summary>Asks about one item that a list may have called one that cannot be downloaded.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Refuses"/>
    private protected void Ask<TAnswer>(
        RequestItem item, bool? isDownloadable, string? status, Func<HuaweiSession, CancellationToken, Task<TAnswer>> ask)
        where TAnswer : class, IResultPage<TResult>
    {
        if (!Refuses(item, isDownloadable, status))
            Ask(item, ask);
    }

    /// <summary>Asks for a list, page by page.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Ask"/>
    private protected void List(RequestItem item, Func<HuaweiSession, IListing<TResult>> list)
    {
        IListing<TResult>? listing = null;
        Ask(item, (connection, stop) => (listing ??= list(connection)).NextAsync(stop));
    }

    private protected sealed override void Connect(FoundCredential credential, RequestContext pipeline)
    {
        // The secret first: where to ask may be a part of it.
        var key = HuaweiCredential.From(credential.Fields);
        _connect = place =>
        {
            var parameters = new HuaweiOptions(place.Region, place.ProjectId, Endpoint, IamEndpoint);
            var target = HuaweiEndpoints.Resolve(Service, parameters, credential.Fields, Environment.GetEnvironmentVariable);
            return new HuaweiSession(target, key, credential.Secret, pipeline);
        };
        // Nothing of the pipeline is bound yet.
        _typed = (Typed(nameof(Region), Region), Typed(nameof(ProjectId), ProjectId));
        try
        {
            GetConnection(_typed);
        }
        catch (BackupLinksException e) when (
            e.Kind is ErrorKind.ProjectRequired or ErrorKind.UnknownRegion && _typed.Region is null && MyInvocation.ExpectingInput)
        {
            // What comes through the pipeline may say where it is of.
        }
    }

    private (string? Region, string? ProjectId) GetPlace() => (
        _typed.Region ?? NullIfBlank(Region),
        // The project that an object names is one of the object's region, and another one was typed.
        _typed.ProjectId ?? (_typed.Region is null ? NullIfBlank(ProjectId) : null));

    private HuaweiSession GetConnection((string? Region, string? ProjectId) place)
    {
        if (!_connections.TryGetValue(place, out var connection))
            _connections.Add(place, connection = _connect(place));
        return connection;
    }

    private string? Typed(string name, string? value)
    {
        if (MyInvocation.BoundParameters.ContainsKey(name) && string.IsNullOrWhiteSpace(value))
            throw new BackupLinksException(ErrorKind.InvalidRequest, $"-{name} is blank; pass a value, or leave the parameter out.");
        return value;
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
}
