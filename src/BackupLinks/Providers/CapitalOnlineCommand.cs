using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.CapitalOnline;
using BackupLinks.Cmdlets;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Parameters;
using BackupLinks.Secrets;

namespace BackupLinks.Providers;

/// <summary>What every command for Capital Online has in common: one place to ask, and no region.</summary>
/// <typeparam name="TResult">What the command writes.</typeparam>
public abstract class CapitalOnlineCommand<TResult> : ProviderCommand<TResult>
    where TResult : class
{
    private CapitalOnlineSession? _connection;

    private protected CapitalOnlineCommand()
    {
    }

    private protected sealed override CredentialConvention Convention => CapitalOnlineCredential.Convention;

    /// <summary>Asks about one item, when its turn comes.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Ask"/>
    private protected void Ask<TAnswer>(RequestItem item, Func<CapitalOnlineSession, CancellationToken, Task<TAnswer>> ask)
        where TAnswer : class, IResultPage<TResult>
    {
        var connection = _connection!;
        Ask(item, stop => ask(connection, stop));
    }

    /// <summary>Asks about one item that a list may have called one that cannot be downloaded.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Refuses"/>
    private protected void Ask<TAnswer>(
        RequestItem item, bool? isDownloadable, string? status, Func<CapitalOnlineSession, CancellationToken, Task<TAnswer>> ask)
        where TAnswer : class, IResultPage<TResult>
    {
        if (!Refuses(item, isDownloadable, status))
            Ask(item, ask);
    }

    /// <summary>Asks for a list, page by page.</summary>
    /// <inheritdoc cref="ProviderCommand{TResult}.Ask"/>
    private protected void List(RequestItem item, Func<CapitalOnlineSession, IListing<TResult>> list)
    {
        IListing<TResult>? listing = null;
        Ask(item, (connection, stop) => (listing ??= list(connection)).NextAsync(stop));
    }

    private protected sealed override void Connect(FoundCredential credential, RequestContext pipeline) =>
        _connection = new CapitalOnlineSession(Endpoint, credential.Fields, credential.Secret, pipeline);
}
