using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Completion;
using BackupLinks.Concurrency;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.FrontDoor;
using BackupLinks.Parameters;
using BackupLinks.Providers;
using BackupLinks.Secrets;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Cmdlets;

/// <summary>
/// The base of commands that send requests to providers: the credential, the network, several requests in flight, and
/// results in input order. No endpoint and no secret binds from the pipeline, so that only the caller says which hosts
/// get the credential.
/// </summary>
public abstract class ProviderCommand : NetworkCommand, IServiceCommand, IDisposable
{
    // Apart from the ids that scripts use, and one for each place in a pipeline.
    private const int ActivityIdBase = 0x424C00;

    // A slow item at the head must not idle the others; their results wait, within this bound.
    private const int WindowPerRequest = 4;

    private WorkPump<PendingRequest, IResultPage<object>>? _pump;
    private SemaphoreSlim? _linkGate;
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

    /// <summary>The regions that the parameters may name.</summary>
    private protected abstract IEnumerable<string> Regions { get; }

    /// <summary>
    /// The cloud that documents the words of the parameters, or the clouds, as it reads in a sentence.
    /// </summary>
    private protected abstract string Lister { get; }

    /// <summary>Opens sessions with the credential of the caller.</summary>
    private protected SessionSource Sessions { get; private set; } = null!;

    /// <summary>True for requests for links, which may wait for the provider, many at once.</summary>
    private protected virtual bool MayWait => false;

    /// <summary>Cancelled when the command stops.</summary>
    private protected CancellationToken StopToken => _pump!.Stopping;

    /// <summary>
    /// How long a result waits for those before it in the order of the input; null for as long as they take.
    /// </summary>
    private protected virtual TimeSpan? HeadTimeout => null;

    IEnumerable<string> IServiceCommand.Regions => Regions;

    IReadOnlyList<string>? IServiceCommand.FindWords(string parameter) => FindWords(parameter);

    void IServiceCommand.Choose(IReadOnlyList<string> services) => Choose(services);

    /// <summary>Narrows the regions and words, for a command that is for several services.</summary>
    private protected virtual void Choose(IReadOnlyList<string> services)
    {
    }

    /// <summary>
    /// Makes what is needed of the parameters that do not come through the pipeline. On the pipeline thread, once,
    /// first of all.
    /// </summary>
    /// <exception cref="BackupLinksException">They do not go together, or nothing can start.</exception>
    private protected virtual void Prepare()
    {
    }

    /// <summary>The words that pages of vendors list; null for a parameter that takes no such words.</summary>
    private protected abstract IReadOnlyList<string>? FindWords(string parameter);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        var meter = new ProgressMeter(
            MyInvocation.MyCommand.Name, ActivityIdBase + MyInvocation.PipelinePosition, Clock.System, Waits);
        int window = ThrottleLimit * WindowPerRequest;
        _linkGate = MayWait ? new SemaphoreSlim(ThrottleLimit, ThrottleLimit) : null;
        _pump = new(
            MayWait ? window : ThrottleLimit, window, inInputOrder: true,
            static (request, stop) => request.SendAsync(stop), new Output(this), meter, static page => page.HasMore)
        {
            HeadTimeout = HeadTimeout,
            IsWaiting = static request => request.IsWaiting(),
        };
        try
        {
            WarnOfUnknownWords();
            var context = CreateContext(
                TimeoutSec == 0 ? null : TimeSpan.FromSeconds(TimeoutSec)) with { LinkGate = _linkGate };
            Sessions = new SessionSource(this, context, new GivenCredential(Credential, SecretName, Vault));
            Prepare();
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
        Complete();
        // In a list that came in part, the name may be in the other part.
        foreach (string name in _isIncomplete || !_isSent ? [] : _names?.Missing ?? [])
        {
            WriteError(new BackupLinksException(
                ErrorKind.NotFound,
                ScreenText.Sentence(
                    $"{Lister} lists nothing with the name '{name}' here; check the name, or use wildcards."))
                .ToErrorRecord(name));
        }
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _pump?.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _pump?.Dispose();
        _linkGate?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends a request, when its turn comes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="session">The session with its service.</param>
    /// <param name="item">The item, for errors; null for that of the request.</param>
    private protected void Send<TResult>(
        ServiceRequest<TResult> request, ServiceSession session, RequestItem? item = null)
        where TResult : class
    {
        IListing<TResult>? listing = null;
        _pump!.Add(new PendingRequest(
            item ?? request.Item, async stop =>
                await (listing ??= request.Open(session)).NextAsync(stop).ConfigureAwait(false))
        {
            IsWaiting = () => session.IsWaiting,
        });
    }

    /// <summary>Sends a request that a command makes itself, when its turn comes.</summary>
    private protected void Send(PendingRequest request) => _pump!.Add(request);

    /// <summary>Reports an error of an item, when its turn comes.</summary>
    private protected void Fail(RequestItem item, BackupLinksException error) =>
        _pump!.Add(new PendingRequest(item, _ => Task.FromException<IResultPage<object>>(error)));

    /// <summary>True for an error that is to be written; false for one that repeats another.</summary>
    private protected virtual bool IsNews(RequestItem item, BackupLinksException error) => true;

    /// <summary>Takes the failure of a request after its error was written. On the pipeline thread.</summary>
    /// <param name="item">The item of the request.</param>
    /// <param name="message">The error, as a sentence.</param>
    private protected virtual void ReceiveFailure(RequestItem item, string message)
    {
        if (item.Context is InstanceList list)
            list.Problem ??= message;
    }

    /// <summary>Writes a result. On the pipeline thread.</summary>
    private protected virtual void WriteResult(RequestItem item, object result) => WriteObject(result);

    /// <summary>Writes what is left when all requests are over. On the pipeline thread.</summary>
    private protected virtual void Complete()
    {
    }

    private protected sealed override void Post(Action message) => _pump!.Post(message);

    /// <summary>The names to look for; one without wildcards that no list has is an error in the end.</summary>
    private protected NameFilter? ToNameFilter(string[] patterns) => _names = Wildcards.ToFilter(patterns);

    // The vendors' lists of words are not closed, so that another word is not an error.
    private void WarnOfUnknownWords()
    {
        foreach (var parameter in MyInvocation.BoundParameters)
        {
            if (parameter.Value is not string[] given || FindWords(parameter.Key) is not { } known)
                continue;
            foreach (string word in given.Except(known, StringComparer.OrdinalIgnoreCase))
            {
                string documented = $"(documented: {string.Join(", ", known)})";
                string advice = Spelling.Closest(word, known, 1) is [var closest]
                    ? $"did you mean '{closest}' {documented}?" : $"check the word {documented}.";
                this.WarnOnce(
                    $"{MyInvocation.MyCommand.Name} {parameter.Key} {word}",
                    ScreenText.Sentence($"'{word}' is not a -{parameter.Key} that {Lister} documents; ") + advice);
            }
        }
    }

    private void Write(PendingRequest request, Task<IResultPage<object>> task)
    {
        _isSent = true;
        _isIncomplete |= task.Status != TaskStatus.RanToCompletion || task.Result.Problems.Count > 0;
        switch (task)
        {
            case { IsCanceled: true }:
                // The command itself was not cancelled: the pipeline thread is here.
                WriteFailure(request.Item, new BackupLinksException(
                    ErrorKind.RequestTimeout,
                    $"{request.Item.Subject} was not requested, because the system cancelled the request; try again."));
                break;
            case { Exception.InnerException: BackupLinksException known }:
                WriteFailure(request.Item, known);
                break;
            case { Exception: { } failure }:
                var record = failure.InnerException!.ToUnexpectedErrorRecord(request.Item.Target);
                WriteError(record);
                ReceiveFailure(request.Item, record.Exception.Message);
                break;
            default:
                WritePage(request, task.Result);
                break;
        }
    }

    private void WritePage(PendingRequest request, IResultPage<object> page)
    {
        // The next command may need to know whether an instance that it does not get is in no list.
        if (request.Item.Context is InstanceList list)
            list.Take(page);
        foreach (object result in page.Results)
            WriteResult(request.Item, result);
        foreach (var problem in page.Problems)
            WriteError(request.Item, problem);
        if (page.Remark is { } remark)
            this.Warn($"{request.Item.Subject} {remark}.");
    }

    private void WriteFailure(RequestItem item, BackupLinksException error)
    {
        WriteError(item, error);
        ReceiveFailure(item, error.Message);
    }

    private void WriteError(RequestItem item, BackupLinksException error)
    {
        if (IsNews(item, error))
            WriteError(error.ToErrorRecord(item.Target, item.Ids));
    }

    private sealed class Output(ProviderCommand command) : IPumpOutput<PendingRequest, IResultPage<object>>
    {
        public void Write(PendingRequest item, Task<IResultPage<object>> task) => command.Write(item, task);

        public void Write(ProgressRecord record) => command.WriteProgress(record);
    }
}
