using BackupLinks.CapitalOnline;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.Secrets;

namespace BackupLinks.Cmdlets;

/// <summary>What every command for Capital Online has in common: one place to ask, and no region.</summary>
/// <typeparam name="TResult">What the command writes.</typeparam>
public abstract class CapitalOnlineCommand<TResult> : ProviderCommand<TResult>
    where TResult : class
{
    private protected CapitalOnlineCommand()
    {
    }

    private protected sealed override CredentialConvention Convention => CapitalOnlineCredential.Convention;

    /// <summary>What to ask; there once the command has begun.</summary>
    private protected CdsRedisClient Client { get; private set; } = null!;

    private protected sealed override void Connect(FoundCredential credential, CommandPipeline pipeline) =>
        Client = new CdsRedisClient(new CapitalOnlineConnection(Endpoint, credential.Fields, credential.Secret, pipeline));
}
