using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.CapitalOnline;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Pipeline;
using BackupLinks.Secrets;

namespace BackupLinks.Cmdlets;

/// <summary>What every command for Capital Online has in common: one place to ask, and no region.</summary>
/// <typeparam name="TResult">What the command writes.</typeparam>
public abstract class CapitalOnlineCommand<TResult> : ProviderCommand<TResult>
    where TResult : class
{
    private CapitalOnlineConnection? _connection;

    private protected CapitalOnlineCommand()
    {
    }

    private protected sealed override CredentialConvention Convention => CapitalOnlineCredential.Convention;

    /// <summary>Asks about one item, when its turn comes.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Ask"/>
    private protected void Ask<TAnswer>(AskedItem item, Func<CapitalOnlineConnection, CancellationToken, Task<TAnswer>> ask)
        where TAnswer : class, IAnswer<TResult>
    {
        var connection = _connection!;
        Ask(item, stop => ask(connection, stop));
    }

    /// <summary>Asks about one item that a list may have called one that cannot be downloaded.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Refuses"/>
    private protected void Ask<TAnswer>(
        AskedItem item, bool? isDownloadable, string? status, Func<CapitalOnlineConnection, CancellationToken, Task<TAnswer>> ask)
        where TAnswer : class, IAnswer<TResult>
    {
        if (!Refuses(item, isDownloadable, status))
            Ask(item, ask);
    }

    /// <summary>Asks for a list, page by page.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Ask"/>
    private protected void List(AskedItem item, Func<CapitalOnlineConnection, IListing<TResult>> list)
    {
        IListing<TResult>? listing = null;
        Ask(item, (connection, stop) => (listing ??= list(connection)).NextAsync(stop));
    }

    private protected sealed override void Connect(FoundCredential credential, CommandPipeline pipeline) =>
        _connection = new CapitalOnlineConnection(Endpoint, credential.Fields, credential.Secret, pipeline);
}
