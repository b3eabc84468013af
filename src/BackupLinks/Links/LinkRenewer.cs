using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Secrets;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Links;

/// <summary>
/// Renews links: with the credential that a link was requested with, or, for a link from a file or
/// another process, with the credential of its secret's name. The files of one backup share a response.
/// </summary>
/// <param name="cmdlet">The command, for its vaults.</param>
/// <param name="post">Has something done on the pipeline thread.</param>
/// <param name="context">The way to the providers.</param>
/// <param name="stop">
/// Cancelled when the command stops. One file's end must not be the end of what others wait for.
/// </param>
internal sealed class LinkRenewer(PSCmdlet cmdlet, Action<Action> post, RequestContext context, CancellationToken stop)
{
    // A recent response also serves the next file of the same backup.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    // The properties that say where a link came from.
    private static readonly string[] Origin = ["Endpoint", "Region", "ProjectId", "SecretName", "Vault"];

    private readonly Dictionary<string, SingleFlight<RenewedLinks>> _renewals = [];
    private readonly Dictionary<(string, string?, string?), FoundCredential> _credentials = [];

    /// <summary>Renews the link of an object; null when the object does not name its provider.</summary>
    /// <param name="item">A link of this process, or one that was read back.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="fileName">The file's name.</param>
    public Func<CancellationToken, Task<RenewedLink>> For(PSObject item, LinkKind kind, string fileName)
    {
        // A credential goes where its own link says, whatever the object that an error held says by now.
        var link = ErrorTarget.OriginOf(item);
        var values = (link is null ? item : PSObject.AsPSObject(link)).Properties.ToDictionary(
            property => property.Name, property => PropertyValue.Of(property)?.ToString(),
            StringComparer.OrdinalIgnoreCase);
        var record = new LinkProperties(values, isData: link is null);
        string backup = string.Join(
            "\n",
            [
                kind.Key, link is null ? "" : $"{RuntimeHelpers.GetHashCode(link.Credential)}",
                .. kind.Ids.Concat(Origin).Select(name => record[name]),
            ]);
        SingleFlight<RenewedLinks> shared;
        if (!_renewals.TryGetValue(backup, out shared!))
            _renewals.Add(backup, shared = new SingleFlight<RenewedLinks>(context.Transport.Clock));
        return async own =>
        {
            var renewal = shared.GetAsync(
                async () =>
                {
                    var credential = link is null
                        ? await FindAsync(kind.Service.Provider.Credentials, record).ConfigureAwait(false)
                        : new FoundCredential(link.Credential, new SecretReference(link.SecretName, link.Vault));
                    var provider = kind.Service.Provider;
                    var session = provider.OpenSession(
                        kind.Service, provider.ReadSettings(
                            kind.Service, record, credential.Fields), credential.Fields, credential.Secret, context);
                    var page = await kind.ToRequest(record).SendAsync(session, stop).ConfigureAwait(false);
                    return new RenewedLinks(page.Results, context.Transport.Clock.GetUtcNow());
                },
                known => context.Transport.Clock.GetUtcNow() - known.At < Freshness);
            var given = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (own.Register(() => given.TrySetResult(true)))
                await Task.WhenAny(renewal, given.Task).ConfigureAwait(false);
            own.ThrowIfCancellationRequested();
            return Find((await renewal.ConfigureAwait(false)).Links, fileName, record);
        };
    }

    private static RenewedLink Find(IReadOnlyList<DownloadLink> links, string fileName, LinkProperties record)
    {
        string? address = Uri.TryCreate(record["Uri"], UriKind.Absolute, out var uri) ? PresignedUri.Redact(uri) : null;
        var link = links.FirstOrDefault(link => address is not null && PresignedUri.Redact(link.Uri) == address)
            ?? links.FirstOrDefault(link => string.Equals(link.FileName, fileName, StringComparison.OrdinalIgnoreCase))
            ?? throw new BackupLinksException(ErrorKind.LinkRenewalFailed, "the backup no longer has that file");
        return new RenewedLink(link.Uri, link.ExpiresAt);
    }

    // Vaults are for the pipeline thread.
    private async Task<FoundCredential> FindAsync(CredentialSchema schema, LinkProperties record)
    {
        var found = new TaskCompletionSource<FoundCredential>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var cancelled = stop.Register(() => found.TrySetCanceled());
        post(() =>
        {
            try
            {
                var key = (schema.Provider, record["SecretName"], record["Vault"]);
                if (!_credentials.TryGetValue(key, out var credential))
                {
                    _credentials.Add(
                        key, credential = new CredentialResolver(cmdlet, schema).Find(
                            null, record["SecretName"], record["Vault"]));
                }

                found.TrySetResult(credential);
            }
            catch (Exception e) when (e is not PipelineStoppedException)
            {
                // All that wait for the credential get the error, whatever a vault throws.
                found.TrySetException(
                    e is BackupLinksException
                        ? e
                        : new BackupLinksException(
                            ErrorKind.VaultUnavailable,
                            $"the vault failed ({ScreenText.Excerpt(e.Message, 200).TrimEnd('.')})"));
            }
        });
        return await found.Task.ConfigureAwait(false);
    }

    private sealed record RenewedLinks(IReadOnlyList<DownloadLink> Links, DateTimeOffset At);
}
