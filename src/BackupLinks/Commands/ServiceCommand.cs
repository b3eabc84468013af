using System.Collections.Generic;
using System.Management.Automation;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>
/// The base of commands for one service. Objects from the pipeline may say which region and project they are
/// of, and those of this session bring the credential that they were requested with.
/// </summary>
public abstract class ServiceCommand : ProviderCommand
{
    private (string? Region, string? ProjectId) _typed;

    private protected ServiceCommand()
    {
    }

    /// <summary>An instance, backup or log of this session, whose credential the command uses.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public CloudResource? InputObject { get; set; }

    private protected abstract BackupService Service { get; }

    /// <summary>The region and the project that the parameters name, also by what is bound from the pipeline.</summary>
    private protected virtual (string? Region, string? ProjectId) Scope => default;

    /// <summary>The words that the vendor's page lists for what the command returns.</summary>
    private protected virtual VendorWords Words => VendorWords.None;

    private protected sealed override IEnumerable<string> Regions => Service.Regions;

    private protected sealed override string Lister => Service.Provider.Name;

    /// <summary>Adds the provider's own settings. No parameter for one may bind from the pipeline.</summary>
    private protected virtual void AddSettings(SessionSettings settings)
    {
    }

    /// <summary>Makes the filter of the parameters.</summary>
    /// <exception cref="BackupLinksException">They do not go together.</exception>
    private protected virtual void PrepareFilter()
    {
    }

    private protected sealed override IReadOnlyList<string>? FindWords(string parameter) => Words.Find(parameter);

    private protected sealed override void Prepare()
    {
        PrepareFilter();
        // Nothing of the pipeline is bound yet.
        _typed = (Typed(CredentialFields.Region, Scope.Region), Typed(CredentialFields.ProjectId, Scope.ProjectId));
        try
        {
            // An object of this session may bring a credential.
            if (!MyInvocation.ExpectingInput || Sessions.Given.IsGiven)
                Open(_typed, null);
        }
        catch (BackupLinksException e) when (
            e.Kind is ErrorKind.ProjectRequired or ErrorKind.UnknownRegion && _typed.Region is null
                && MyInvocation.ExpectingInput)
        {
            // Objects from the pipeline can name their region.
        }
    }

    /// <summary>Sends a request, when its turn comes.</summary>
    private protected void Send<TResult>(ServiceRequest<TResult> request)
        where TResult : class
    {
        var scope = GetScope();
        ServiceSession session;
        try
        {
            session = Open(scope, InputObject?.Origin);
        }
        catch (BackupLinksException e) when (scope != _typed)
        {
            // The item's own region leads nowhere; its error waits for its turn.
            Fail(request.Item, e);
            return;
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(SecretName));
            return;
        }

        Send(request, session, ToItem(request.Item, session));
    }

    /// <summary>The item of a request that is about to be sent.</summary>
    private protected virtual RequestItem ToItem(RequestItem item, ServiceSession session) => item;

    private ServiceSession Open((string? Region, string? ProjectId) scope, ResourceOrigin? origin)
    {
        var settings = new SessionSettings
        {
            [CredentialFields.Region] = scope.Region,
            [CredentialFields.ProjectId] = scope.ProjectId,
            [CredentialFields.Endpoint] = Endpoint,
        };
        AddSettings(settings);
        return Sessions.Open(Service, settings, origin);
    }

    private (string? Region, string? ProjectId) GetScope() => (
        _typed.Region ?? NullIfBlank(Scope.Region),
        // The project that an object names is one of the object's region, and another one was typed.
        _typed.ProjectId ?? (_typed.Region is null ? NullIfBlank(Scope.ProjectId) : null));

    private string? Typed(string name, string? value)
    {
        if (MyInvocation.BoundParameters.ContainsKey(name) && string.IsNullOrWhiteSpace(value))
        {
            throw new BackupLinksException(
                ErrorKind.InvalidRequest, $"-{name} is blank; pass a value, or omit the parameter.");
        }

        return value;
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
}
