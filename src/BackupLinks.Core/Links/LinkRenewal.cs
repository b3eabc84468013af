using System;
using System.Collections.Generic;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Http;

namespace BackupLinks.Links;

/// <summary>How to ask a provider once more for links of one kind. The kind names its own with <see cref="RenewedByAttribute"/>.</summary>
internal abstract class LinkRenewal
{
    private const string DeserializedPrefix = "Deserialized.";

    /// <summary>Where the provider's credential is looked for.</summary>
    public abstract CredentialConvention Convention { get; }

    /// <summary>What the stated sizes are rounded to, in bytes.</summary>
    public virtual long SizeUnit => 1;

    /// <summary>The renewal for a kind of link; null when the type is no link's.</summary>
    /// <param name="typeName">The full name of the type; also as PowerShell gives it to an object that has been through CliXml.</param>
    public static LinkRenewal? For(string typeName)
    {
        string name = typeName.StartsWith(DeserializedPrefix, StringComparison.Ordinal) ? typeName.Substring(DeserializedPrefix.Length) : typeName;
        return typeof(DownloadLink).Assembly.GetType(name)?.GetCustomAttribute<RenewedByAttribute>() is { } mark
            ? (LinkRenewal)Activator.CreateInstance(mark.Renewal)!
            : null;
    }

    /// <summary>Asks for all links of the backup that a link belongs to.</summary>
    /// <param name="link">The link.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="secret">Where the credential came from.</param>
    /// <param name="pipeline">The way to the provider.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="Errors.BackupLinksException">The provider refused or failed, or the link does not say enough.</exception>
    public abstract Task<IReadOnlyList<DownloadLink>> AskAgainAsync(
        LinkRecord link, CredentialFields credential, SecretReference secret, CommandPipeline pipeline, CancellationToken cancellationToken);
}
