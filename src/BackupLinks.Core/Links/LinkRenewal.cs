using System;
using System.Collections.Generic;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Http;

namespace BackupLinks.Links;

/// <summary>How to ask a provider once more for links of one kind. The kind names its own with <see cref="RenewedByAttribute"/>.</summary>
/// <param name="ids">The properties that say which request it is; links that agree in them share an answer.</param>
internal abstract class LinkRenewal(params string[] ids)
{
    /// <summary>The properties that say which request it is; links that agree in them share an answer.</summary>
    public IReadOnlyList<string> Ids => ids;

    /// <summary>Where the provider's credential is looked for.</summary>
    public abstract CredentialConvention Convention { get; }

    /// <summary>What the stated sizes are rounded to, in bytes.</summary>
    public virtual long SizeUnit => 1;

    /// <summary>The renewal for a kind of link; null when there is none.</summary>
    /// <param name="kind">The type of the link; null when it is not known.</param>
    public static LinkRenewal? For(Type? kind) =>
        kind?.GetCustomAttribute<RenewedByAttribute>() is { } mark ? (LinkRenewal)Activator.CreateInstance(mark.Renewal)! : null;

    /// <summary>Asks for all links of the backup that a link belongs to.</summary>
    /// <param name="link">The link.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="secret">Where the credential came from.</param>
    /// <param name="pipeline">The way to the provider.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="Errors.BackupLinksException">The provider refused or failed, or the link does not say enough.</exception>
    public abstract Task<IReadOnlyList<DownloadLink>> RenewAsync(
        LinkProperties link, CredentialFields credential, SecretReference secret, RequestContext pipeline, CancellationToken cancellationToken);
}
