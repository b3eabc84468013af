using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Sessions;
using BackupLinks.Transfer;

namespace BackupLinks.Manifests;

/// <summary>Writes the links of one command to a manifest, and says what that file is then.</summary>
internal sealed class LinkExporter(
    PSCmdlet cmdlet, LinkKindRegistry kinds, ManifestFile file, bool allowInsecure,
    bool allowIntranetHttp) : IDisposable
{
    private readonly LinkReader _reader = new(kinds, renewer: null);
    private readonly ExportedLifetimes _lifetimes = new();
    private int _refused;
    private bool _hasPlainHttp;

    /// <summary>Adds a link. Anything else is an error, and the others continue.</summary>
    public void Add(PSObject item)
    {
        TransferSource source;
        try
        {
            source = _reader.Read(
                item, LinkReader.Typed(null, item.Properties["ExpectedHash"])?.ToString(), isTyped: false);
            source.RequireSafe(source.Uri, allowInsecure, allowIntranetHttp);
            RequireLife(source);
        }
        catch (BackupLinksException e)
        {
            _refused++;
            cmdlet.WriteError(e.ToErrorRecord(item, LinkReader.IdsOf(item)));
            return;
        }

        var entry = ToEntry(item, source);
        if (Try(() => file.Add(entry)))
            Count(source, entry);
        else
            cmdlet.Tell($"{source.Subject} is in the file already.");
    }

    /// <summary>Gives the file its name, unless no object was a link.</summary>
    public void Complete()
    {
        if (_lifetimes.Count == 0 && _refused > 0)
        {
            cmdlet.Warn($"'{file.Path}' was not written, because no object could be exported.");
            return;
        }

        Try(() =>
        {
            file.Complete();
            return true;
        });
        if (_hasPlainHttp)
            cmdlet.WarnOnce("intranet", LinkReader.IntranetWarning);
        if (_lifetimes.Count == 0)
        {
            cmdlet.Warn($"'{file.Path}' contains no links.");
            return;
        }

        string care = _lifetimes.MayWork
            ? "; anyone who can read it can download the backups. "
                + "Keep it like a key, and remove it when they are saved."
            : ".";
        cmdlet.Warn($"'{file.Path}' holds {_lifetimes}{care}{_lifetimes.Advise()}");
    }

    public void Dispose() => file.Dispose();

    private static ClockSkewTracker Clocks => ModuleSession.Current.Transport.Clocks;

    private void Count(TransferSource source, ManifestEntry entry)
    {
        _hasPlainHttp |= !allowInsecure
            && entry.Addresses.Any(address => address is { Scheme: "http", IsLoopback: false });
        _lifetimes.Add(
            source.ExpiresAt, Clocks.GetUtcNow(source.Uri, source.Service), IsTimeKnown(source),
            canRenew: file.Writer.CanRenew && entry.Kind is not null);
    }

    // Other programs cannot renew a link. The time is the store's, or else the service's. Where neither has told it,
    // this machine's clock may be wrong, and refuses nothing.
    private void RequireLife(TransferSource source)
    {
        if (file.Writer.CanRenew || source.ExpiresAt is not { } end || !IsTimeKnown(source)
            || Clocks.GetUtcNow(source.Uri, source.Service) < end)
            return;
        throw new BackupLinksException(
            ErrorKind.LinkExpired,
            $"The link to {source.Subject} has expired, and only Save-BackupFile could renew it; "
                + "request the link again, or export with -Format Jsonl.");
    }

    private static bool IsTimeKnown(TransferSource source) =>
        Clocks.IsKnown(source.Uri) || Clocks.IsKnown(source.Service);

    private ManifestEntry ToEntry(PSObject item, TransferSource source)
    {
        bool isAddress = item.BaseObject is string or Uri;
        var kind = _reader.KindOf(item);
        var properties = new List<KeyValuePair<string, object?>>
        {
            // As they were read: a row has text for all of them.
            new(nameof(ImportedLink.Uri), source.Uri), new(nameof(ImportedLink.FileName), source.FileName),
            new(nameof(ImportedLink.Size), source.Size), new(nameof(ImportedLink.ExpiresAt), source.ExpiresAt),
        };
        if (!isAddress)
        {
            properties.AddRange(item.Properties
                .Where(property => !ImportedLink.Owns(property.Name) && !PropertyValue.IsOfTheMoment(property)
                    && (kind is null || !IsKind(property.Name)))
                .Select(property =>
                    new KeyValuePair<string, object?>(property.Name, LinkReader.Typed(kind, property))));
        }

        return new ManifestEntry
        {
            Addresses = kind is null || !file.Writer.HasMirrors
                ? [source.Uri]
                : [source.Uri, .. Mirrors(item, kind, source)],
            FileName = source.FileName,
            ExactSize = source.SizeUnit == 1 ? source.Size : null,
            ExpectedHash = source.ExpectedHash,
            Kind = kind?.Key,
            Properties = properties,
        };
    }

    // The writer says the kind itself.
    private static bool IsKind(string property) =>
        property.Equals(JsonLinesWriter.KindName, StringComparison.OrdinalIgnoreCase);

    // The other addresses that a kind of link has for the same file.
    private IEnumerable<Uri> Mirrors(PSObject item, LinkKind kind, TransferSource source) => item.Properties
        .Where(property => LinkKind.TypeOf(kind, property.Name) == typeof(Uri))
        .Select(property => PropertyValue.AddressText(PropertyValue.Of(property)))
        .Select(text => PresignedUri.TryParse(text, out var uri) ? uri : null)
        .OfType<Uri>()
        .Where(mirror => PresignedUri.ToText(mirror) != PresignedUri.ToText(source.Uri)
            && source.IsSafe(mirror, allowInsecure, allowIntranetHttp));

    private bool Try(Func<bool> write)
    {
        try
        {
            return write();
        }
        catch (BackupLinksException e)
        {
            cmdlet.ThrowTerminatingError(e.ToErrorRecord(file.Path));
            return false;
        }
    }
}
