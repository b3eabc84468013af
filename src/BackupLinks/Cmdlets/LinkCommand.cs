using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Completion;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Pipeline;
using BackupLinks.Secrets;

namespace BackupLinks.Cmdlets;

/// <summary>
/// What every command that asks a provider for links has in common: the credential, the network, several
/// requests in flight, and results in input order.
/// </summary>
/// <typeparam name="TLink">The kind of link.</typeparam>
public abstract class LinkCommand<TLink> : NetworkCommand, IDisposable
    where TLink : DownloadLink
{
    // Apart from the ids that scripts use, and one for each place in a pipeline.
    private const int ActivityIdBase = 0x424C00;

    // A slow item at the head must not idle the others; their results wait, within this bound.
    private const int WindowPerRequest = 4;

    private WorkPump<LinkQuestion<TLink>, LinkList<TLink>>? _pump;

    private protected LinkCommand()
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

    private protected abstract CredentialConvention Convention { get; }

    /// <summary>Prepares the way to the provider. On the pipeline thread, once, before any question.</summary>
    private protected abstract void Connect(FoundCredential credential, CommandPipeline pipeline);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        var meter = new ProgressMeter(MyInvocation.MyCommand.Name, ActivityIdBase + MyInvocation.PipelinePosition, Clock.System);
        _pump = new(ThrottleLimit, ThrottleLimit * WindowPerRequest, inInputOrder: true, static (question, stop) => question.AskAsync(stop), new Output(this), meter);
        try
        {
            var credential = new CredentialFinder(this, Convention).Find(Credential, SecretName, Vault);
            Connect(credential, CreatePipeline(TimeoutSec == 0 ? null : TimeSpan.FromSeconds(TimeoutSec)));
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(SecretName));
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => _pump!.Complete();

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _pump?.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _pump?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks for the links of one item, when its turn comes.</summary>
    /// <param name="target">The item, for its errors.</param>
    /// <param name="subject">The item as it reads at the start of a sentence: "Backup 'x'".</param>
    /// <param name="ask">Asks the provider.</param>
    private protected void Ask(object target, string subject, Func<CancellationToken, Task<LinkList<TLink>>> ask) =>
        _pump!.Add(new LinkQuestion<TLink>(target, subject, ask));

    private protected sealed override void Post(Action message) => _pump!.Post(message);

    private void WriteAnswer(LinkQuestion<TLink> question, Task<LinkList<TLink>> answer)
    {
        switch (answer)
        {
            case { IsCanceled: true }:
                // The command itself was not cancelled, or nobody would be here to write.
                WriteError(new BackupLinksException(ErrorKind.RequestTimeout, $"{question.Subject} was not asked for: the system gave up the request; try again.")
                    .ToErrorRecord(question.Target));
                break;
            case { Exception: { } failure }:
                WriteError(failure.InnerException is BackupLinksException known
                    ? known.ToErrorRecord(question.Target)
                    : failure.InnerException!.ToUnexpectedErrorRecord(question.Target));
                break;
            default:
                WriteLinks(question, answer.Result);
                break;
        }
    }

    private void WriteLinks(LinkQuestion<TLink> question, LinkList<TLink> links)
    {
        foreach (var link in links)
            WriteObject(link);
        foreach (var problem in links.Problems)
            WriteError(problem.ToErrorRecord(question.Target));
        if (links.Count == 0 && links.Problems.Count == 0)
            WriteWarning($"{question.Subject} has no files to download.");
    }

    private sealed class Output(LinkCommand<TLink> command) : IPumpOutput<LinkQuestion<TLink>, LinkList<TLink>>
    {
        public void Write(LinkQuestion<TLink> item, Task<LinkList<TLink>> task) => command.WriteAnswer(item, task);

        public void Write(ProgressRecord record) => command.WriteProgress(record);
    }
}
