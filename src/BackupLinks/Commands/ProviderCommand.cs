using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Completion;
using BackupLinks.Concurrency;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.Parameters;
using BackupLinks.Secrets;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Cmdlets;

/// <summary>
/// What every command that asks a provider about its input has in common: the credential, the network, several
/// requests in flight, and results in input order.
/// </summary>
/// <typeparam name="TResult">What the command writes.</typeparam>
public abstract class ProviderCommand<TResult> : NetworkCommand, IDisposable
    where TResult : class
{
    // Apart from the ids that scripts use, and one for each place in a pipeline.
    private const int ActivityIdBase = 0x424C00;

    // A slow item at the head must not idle the others; their results wait, within this bound.
    private const int WindowPerRequest = 4;

    private WorkPump<PendingRequest<TResult>, IResultPage<TResult>>? _pump;

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

    private NameFilter? _names;
    private bool _isAsked;
    private bool _isIncomplete;

    private protected abstract CredentialConvention Convention { get; }

    /// <summary>Makes what is needed of the parameters that do not come through the pipeline. On the pipeline thread, once, first of all.</summary>
    /// <exception cref="BackupLinksException">They do not go together.</exception>
    private protected virtual void Prepare()
    {
    }

    /// <summary>Prepares the way to the provider. On the pipeline thread, once, before any question.</summary>
    private protected abstract void Connect(FoundCredential credential, RequestContext pipeline);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        var meter = new ProgressMeter(MyInvocation.MyCommand.Name, ActivityIdBase + MyInvocation.PipelinePosition, Clock.System, Waits);
        _pump = new(ThrottleLimit, ThrottleLimit * WindowPerRequest, inInputOrder: true, static (question, stop) => question.SendAsync(stop), new Output(this), meter,
            static answer => answer.HasMore);
        try
        {
            WarnOfUnknownWords();
            Prepare();
            var credential = new CredentialResolver(this, Convention).Find(Credential, SecretName, Vault);
            Connect(credential, CreatePipeline(TimeoutSec == 0 ? null : TimeSpan.FromSeconds(TimeoutSec)));
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
        foreach (string name in _isIncomplete || !_isAsked ? [] : _names?.Missing ?? [])
        {
            WriteError(new BackupLinksException(
                ErrorKind.NotFound,
                ScreenText.Sentence($"Nothing with the name '{name}' is among what {Convention.Provider} lists here; check the name, or look for it with wildcards."))
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

    /// <summary>Asks about one item, when its turn comes.</summary>
    /// <param name="item">The item.</param>
    /// <param name="ask">Asks the provider.</param>
    private protected void Ask<TAnswer>(RequestItem item, Func<CancellationToken, Task<TAnswer>> ask)
        where TAnswer : class, IResultPage<TResult> =>
        _pump!.Add(new PendingRequest<TResult>(item, async stop => await ask(stop).ConfigureAwait(false)));

    /// <summary>Refuses an item that a list called one that cannot be downloaded; its error waits for its turn.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isDownloadable">False when the list called it so.</param>
    /// <param name="status">Its state when it was listed.</param>
    private protected bool Refuses(RequestItem item, bool? isDownloadable, string? status)
    {
        // A state that the list does not name says nothing.
        if (isDownloadable != false || string.IsNullOrWhiteSpace(status))
            return false;
        Ask(item, _ => Task.FromException<IResultPage<TResult>>(new BackupLinksException(
            ErrorKind.InvalidRequest,
            item.Subject + ScreenText.Sentence($" cannot be downloaded: its state was '{status}' when it was listed; list it again, or choose another."))));
        return true;
    }

    private protected sealed override void Post(Action message) => _pump!.Post(message);

    /// <summary>The names to look for; one without wildcards that no list has is an error in the end.</summary>
    private protected NameFilter? ToNameFilter(string[] patterns) => _names = Wildcards.ToFilter(patterns);

    // The vendors' lists of words are not closed, so that another word is not an error.
    private void WarnOfUnknownWords()
    {
        foreach (var parameter in MyInvocation.BoundParameters)
        {
            if (parameter.Value is not string[] given || VendorWordCompleter.Find(MyInvocation.MyCommand.Name, parameter.Key) is not { } known)
                continue;
            foreach (string word in given.Except(known, StringComparer.OrdinalIgnoreCase))
            {
                string documented = $"(documented: {string.Join(", ", known)})";
                string advice = Spelling.Closest(word, known, 1) is [var closest]
                    ? $"did you mean '{closest}' {documented}?" : $"check the word {documented}.";
                this.WarnOnce(
                    $"{MyInvocation.MyCommand.Name} {parameter.Key} {word}",
                    ScreenText.Sentence($"'{word}' is not a -{parameter.Key} that {Convention.Provider} documents; ") + advice);
            }
        }
    }

    private void WriteAnswer(PendingRequest<TResult> question, Task<IResultPage<TResult>> answer)
    {
        _isAsked = true;
        _isIncomplete |= answer.Status != TaskStatus.RanToCompletion || answer.Result.Problems.Count > 0;
        switch (answer)
        {
            case { IsCanceled: true }:
                // The command itself was not cancelled, or nobody would be here to write.
                WriteError(new BackupLinksException(ErrorKind.RequestTimeout, $"{question.Item.Subject} was not asked for: the system gave up the request; try again.")
                    .ToErrorRecord(question.Item.Target, question.Item.Ids));
                break;
            case { Exception: { } failure }:
                WriteError(failure.InnerException is BackupLinksException known
                    ? known.ToErrorRecord(question.Item.Target, question.Item.Ids)
                    : failure.InnerException!.ToUnexpectedErrorRecord(question.Item.Target));
                break;
            default:
                WriteResults(question, answer.Result);
                break;
        }
    }

    private void WriteResults(PendingRequest<TResult> question, IResultPage<TResult> answer)
    {
        foreach (var result in answer.Results)
            WriteObject(result);
        foreach (var problem in answer.Problems)
            WriteError(problem.ToErrorRecord(question.Item.Target, question.Item.Ids));
        if (answer.Remark is { } remark)
            this.Warn($"{question.Item.Subject} {remark}.");
    }

    private sealed class Output(ProviderCommand<TResult> command) : IPumpOutput<PendingRequest<TResult>, IResultPage<TResult>>
    {
        public void Write(PendingRequest<TResult> item, Task<IResultPage<TResult>> task) => command.WriteAnswer(item, task);

        public void Write(ProgressRecord record) => command.WriteProgress(record);
    }
}
