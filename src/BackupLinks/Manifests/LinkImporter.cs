using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;
using BackupLinks.Sessions;
using BackupLinks.Shims;

namespace BackupLinks.Manifests;

/// <summary>Makes objects of the lines of a manifest.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="kinds">The kinds of link that there are.</param>
/// <param name="shard">The part of each manifest that is wanted; null for all of it.</param>
internal sealed class LinkImporter(PSCmdlet cmdlet, LinkKindRegistry kinds, Shard? shard)
{
    /// <summary>
    /// Writes the links of a manifest. A line that is not a link is an error, and the others continue.
    /// </summary>
    /// <exception cref="BackupLinksException">The file cannot be read, or is not a manifest.</exception>
    public void Import(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            if (OwnerOnlyFile.IsOpenToOthers(path))
            {
                cmdlet.WarnOnce(
                    "open " + path,
                    $"'{path}' can be read or written by users other than its owner; remove their permissions, "
                        + "because anyone with its links can download the backups.");
            }

            foreach (var line in Select(path, JsonLinesReader.Read(text, kinds)))
                Write(path, line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.ManifestUnavailable,
                $"The manifest '{path}' cannot be read ({e.Message.TrimEnd('.')}); check the path and its permissions.",
                e);
        }
    }

    private IEnumerable<ManifestLine> Select(string path, IEnumerable<ManifestLine> lines)
    {
        lines = Checked(path, lines);
        if (shard is not { } part)
            return lines;
        var all = lines.ToArray();
        bool[] isWanted = part.Select(all.Select(Identify));
        return all.Where((_, i) => isWanted[i]);
    }

    // A file that does not begin like a manifest is another kind of file, and not worth an error a line.
    private static IEnumerable<ManifestLine> Checked(string path, IEnumerable<ManifestLine> lines)
    {
        bool isFirst = true;
        foreach (var line in lines)
        {
            if (isFirst && line.Values is null)
            {
                throw new BackupLinksException(
                    ErrorKind.InvalidManifest,
                    $"'{path}' is not a manifest, which has a JSON object on each line; write one with "
                        + "Export-BackupLink -Format Jsonl.");
            }

            isFirst = false;
            yield return line;
        }
    }

    // The same wherever and whenever the manifest was made: without the signature. A line that is not a link is in
    // one shard too.
    private static string Identify(ManifestLine line) =>
        line.Values is { } values && values.TryGetValue(nameof(ImportedLink.Uri), out object? value) && value is Uri uri
        ? PresignedUri.Identify(uri)
        : $"line {line.Number}";

    private void Write(string path, ManifestLine line)
    {
        PSObject link;
        try
        {
            link = ToLink(line);
        }
        catch (BackupLinksException e)
        {
            var kind = e.Kind == ErrorKind.InvalidLink ? ErrorKind.InvalidManifest : e.Kind;
            cmdlet.WriteError(
                new BackupLinksException(
                    kind, $"Line {line.Number} of '{path}' was skipped: {e.Message}").ToErrorRecord(path));
            return;
        }

        cmdlet.WriteObject(link);
    }

    // By the clock of the store, or else of the service, as far as this session knows it when it is read.
    private static Func<DateTimeOffset> Now(IReadOnlyDictionary<string, object?> values, Uri uri)
    {
        values.TryGetValue(nameof(DownloadLink.Endpoint), out object? endpoint);
        Uri.TryCreate(endpoint?.ToString(), UriKind.Absolute, out var service);
        var clocks = ModuleSession.Current.Transport.Clocks;
        return () => clocks.GetUtcNow(uri, service);
    }

    private static PSObject ToLink(ManifestLine line)
    {
        if (line.Values is not { } values)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidManifest, "it is not a JSON object; export the links again.");
        }

        if (!values.TryGetValue(nameof(ImportedLink.Uri), out object? address) || address is not Uri uri)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidManifest, "it has no Uri with the address of a file; export the links again.");
        }

        values.TryGetValue(nameof(ImportedLink.FileName), out object? name);
        values.TryGetValue(nameof(ImportedLink.Size), out object? size);
        values.TryGetValue(nameof(ImportedLink.ExpiresAt), out object? expiry);
        string? given = name?.ToString();
        string fileName = LinkValues.ReadName(uri, string.IsNullOrWhiteSpace(given) ? null : given);
        // The expiry in the address was signed by the provider; that beside it was written into a file.
        var end = PresignedUri.GetExpiry(uri) ?? expiry as DateTimeOffset?;
        var link = PSObject.AsPSObject(
            new ImportedLink(uri, fileName, LinkValues.ReadSize(size), end, Now(values, uri)));
        try
        {
            foreach (var value in values.Where(value => !ImportedLink.Owns(value.Key)))
                link.Properties.Add(new PSNoteProperty(value.Key, value.Value));
        }
        catch (Exception e) when (e is ExtendedTypeSystemException or PSArgumentException)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidManifest, "it has a member whose name PowerShell reserves; export the links again.",
                e);
        }

        // It has the type names of a link from CliXml: views and renewal use them.
        int place = 0;
        for (var type = line.Kind?.Type ?? typeof(DownloadLink); type != typeof(object); type = type!.BaseType)
            link.TypeNames.Insert(place++, LinkKind.DeserializedPrefix + type!.FullName);
        return link;
    }
}
