using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using BackupLinks.Completion;
using BackupLinks.Concurrency;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Parameters;
using BackupLinks.Providers;
using BackupLinks.Secrets;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Cmdlets;

/// <summary>
/// The base of commands that send requests to a provider: the credential, the network, several requests in flight,
/// and results in input order. Objects from the pipeline may say which region and project they are of; no endpoint
/// and no secret binds from the pipeline, so that only the caller says which hosts get the credential.
/// </summary>
public abstract class ProviderCommand : NetworkCommand, IServiceCommand, IDisposable
{
    // Apart from the ids that scripts use, and one for each place in a pipeline.
    private const int ActivityIdBase = 0x424C00;

    // A slow item at the head must not idle the others; their results wait, within this bound.
    private const int WindowPerRequest = 4;

    private readonly Dictionary<(string? Region, string? ProjectId), ServiceSession> _sessions = [];
    private WorkPump<PendingRequest, IResultPage<object>>? _pump;
    private Func<(string? Region, string? ProjectId), ServiceSession> _open = null!;
    private (string? Region, string? ProjectId) _typed;
    private NameFilter? _names;
    private bool _isSent;
    private bool _isIncomplete;

    private protected ProviderCommand()
    {
    }

    /// <summary>The access key as user name and the secret key as password.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The name of a secret that holds the credential.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    public string? SecretName { get; set; }

    /// <summary>The vault that has the secret.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VaultCompleter))]
    public string? Vault { get; set; }

    /// <summary>The base address of the service.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Endpoint { get; set; }

    /// <summary>The most requests in flight at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Seconds for one attempt of a request; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int TimeoutSec { get; set; } = 30;

    private protected abstract BackupService Service { get; }

    /// <summary>
    /// Makes what is needed of the parameters that do not come through the pipeline. On the pipeline thread, once,
    /// first of all.
    /// </summary>
    /// <exception cref="BackupLinksException">They do not go together.</exception>
    private protected virtual void Prepare()
    {
    }

    /// <summary>The region and the project that the parameters name, also by what is bound from the pipeline.</summary>
    private protected virtual (string? Region, string? ProjectId) Scope => default;

    /// <summary>The words that the vendor's page lists for what the command returns.</summary>
    private protected virtual VendorWords Words => VendorWords.None;

    IEnumerable<string> IServiceCommand.Regions => Service.Regions;

    /// <summary>Adds the provider's own settings. No parameter for one may bind from the pipeline.</summary>
    private protected virtual void AddSettings(SessionSettings settings)
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        var meter = new ProgressMeter(
            MyInvocation.MyCommand.Name, ActivityIdBase + MyInvocation.PipelinePosition, Clock.System, Waits);
        _pump = new(
            ThrottleLimit, ThrottleLimit * WindowPerRequest, inInputOrder: true,
            static (request, stop) => request.SendAsync(stop), new Output(this), meter, static page => page.HasMore);
        try
        {
            WarnOfUnknownWords();
            Prepare();
            Open();
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(SecretName));
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        _pump!.Complete();
        // In a list that came in part, the name may be in the other part.
        foreach (string name in _isIncomplete || !_isSent ? [] : _names?.Missing ?? [])
        {
            WriteError(new BackupLinksException(
                ErrorKind.NotFound,
                ScreenText.Sentence($"{Service.Provider.Name} lists nothing with the name '{name}' here; check the name, or use wildcards."))
                .ToErrorRecord(name));
        }
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _pump?.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _pump?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends a request, when its turn comes.</summary>
    private protected void Send<TResult>(ServiceRequest<TResult> request)
        where TResult : class
    {
        var scope = GetScope();
        ServiceSession session;
        try
        {
            session = GetSession(scope);
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

        IListing<TResult>? listing = null;
        _pump!.Add(new PendingRequest(
            request.Item, async stop => await (listing ??= request.Open(session)).NextAsync(stop).ConfigureAwait(false)));
    }

    /// <summary>Reports an error of an item, when its turn comes.</summary>
    private protected void Fail(RequestItem item, BackupLinksException error) =>
        _pump!.Add(new PendingRequest(item, _ => Task.FromException<IResultPage<object>>(error)));

    IReadOnlyList<string>? IServiceCommand.FindWords(string parameter) => Words.Find(parameter);

    private protected sealed override void Post(Action message) => _pump!.Post(message);

    /// <summary>The names to look for; one without wildcards that no list has is an error in the end.</summary>
    private protected NameFilter? ToNameFilter(string[] patterns) => _names = Wildcards.ToFilter(patterns);

    // The vendors' lists of words are not closed, so that another word is not an error.
    private void WarnOfUnknownWords()
    {
        foreach (var parameter in MyInvocation.BoundParameters)
        {
            if (parameter.Value is not string[] given || Words.Find(parameter.Key) is not { } known)
                continue;
            foreach (string word in given.Except(known, StringComparer.OrdinalIgnoreCase))
            {
                string documented = $"(documented: {string.Join(", ", known)})";
                string advice = Spelling.Closest(word, known, 1) is [var closest]
                    ? $"did you mean '{closest}' {documented}?" : $"check the word {documented}.";
                this.WarnOnce(
                    $"{MyInvocation.MyCommand.Name} {parameter.Key} {word}",
                    ScreenText.Sentence($"'{word}' is not a -{parameter.Key} that {Service.Provider.Name} documents; ") + advice);
            }
        }
    }

    private void Open()
    {
        var provider = Service.Provider;
        var credential = new CredentialResolver(this, provider.Credentials).Find(Credential, SecretName, Vault);
        var context = CreateContext(TimeoutSec == 0 ? null : TimeSpan.FromSeconds(TimeoutSec));
        _open = scope =>
        {
            var settings = new SessionSettings
            {
                [CredentialFields.Region] = scope.Region,
                [CredentialFields.ProjectId] = scope.ProjectId,
                [CredentialFields.Endpoint] = Endpoint,
            };
            AddSettings(settings);
            return provider.OpenSession(Service, settings, credential.Fields, credential.Secret, context);
        };
        // Nothing of the pipeline is bound yet.
        _typed = (Typed(CredentialFields.Region, Scope.Region), Typed(CredentialFields.ProjectId, Scope.ProjectId));
        try
        {
            GetSession(_typed);
        }
        catch (BackupLinksException e) when (
            e.Kind is ErrorKind.ProjectRequired or ErrorKind.UnknownRegion && _typed.Region is null && MyInvocation.ExpectingInput)
        {
            // Objects from the pipeline can name their region.
        }
    }

    private (string? Region, string? ProjectId) GetScope() => (
        _typed.Region ?? NullIfBlank(Scope.Region),
        // The project that an object names is one of the object's region, and another one was typed.
        _typed.ProjectId ?? (_typed.Region is null ? NullIfBlank(Scope.ProjectId) : null));

    private ServiceSession GetSession((string? Region, string? ProjectId) scope)
    {
        if (!_sessions.TryGetValue(scope, out var session))
            _sessions.Add(scope, session = _open(scope));
        return session;
    }

    private string? Typed(string name, string? value)
    {
        if (MyInvocation.BoundParameters.ContainsKey(name) && string.IsNullOrWhiteSpace(value))
            throw new BackupLinksException(ErrorKind.InvalidRequest, $"-{name} is blank; pass a value, or omit the parameter.");
        return value;
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();

    private void Write(PendingRequest request, Task<IResultPage<object>> task)
    {
        _isSent = true;
        _isIncomplete |= task.Status != TaskStatus.RanToCompletion || task.Result.Problems.Count > 0;
        switch (task)
        {
            case { IsCanceled: true }:
                // The command itself was not cancelled: the pipeline thread is here.
                WriteError(new BackupLinksException(
                    ErrorKind.RequestTimeout, $"{request.Item.Subject} was not requested, because the system cancelled the request; try again.")
                    .ToErrorRecord(request.Item.Target, request.Item.Ids));
                break;
            case { Exception: { } failure }:
                WriteError(failure.InnerException is BackupLinksException known
                    ? known.ToErrorRecord(request.Item.Target, request.Item.Ids)
                    : failure.InnerException!.ToUnexpectedErrorRecord(request.Item.Target));
                break;
            default:
                WritePage(request, task.Result);
                break;
        }
    }

    private void WritePage(PendingRequest request, IResultPage<object> page)
    {
        foreach (object result in page.Results)
            WriteObject(result);
        foreach (var problem in page.Problems)
            WriteError(problem.ToErrorRecord(request.Item.Target, request.Item.Ids));
        if (page.Remark is { } remark)
            this.Warn($"{request.Item.Subject} {remark}.");
    }

    private sealed class Output(ProviderCommand command) : IPumpOutput<PendingRequest, IResultPage<object>>
    {
        public void Write(PendingRequest item, Task<IResultPage<object>> task) => command.Write(item, task);

        public void Write(ProgressRecord record) => command.WriteProgress(record);
    }
}
