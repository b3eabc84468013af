using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Links;

namespace BackupLinks.Providers;

/// <summary>
/// The links of one backup, and what was wrong with the entries that could not become one: a broken entry
/// among 64 must not cost the other 63.
/// </summary>
internal sealed class LinkList<TLink> : IResultPage<TLink>
    where TLink : DownloadLink
{
    private readonly List<TLink> _links = [];
    private readonly List<ApiException> _problems = [];

    /// <summary>Makes links of a provider's list of files.</summary>
    /// <param name="files">The list.</param>
    /// <param name="fallbackName">The name of a file that has none, neither in the list nor in its address.</param>
    /// <param name="create">Makes the link; is given the file's position in the list.</param>
    /// <param name="details">The details of the backup in the list.</param>
    /// <param name="problem">Makes the error for an entry; is given the name of the entry.</param>
    /// <param name="httpsHosts">
    /// The ends of the names of hosts that serve https, whatever the list says, as <see cref="PresignedUri.ToHttps"/>
    /// takes them.
    /// </param>
    /// <param name="kind">The kind of backup, a word of <see cref="Catalog.BackupKind"/>; null for unknown.</param>
    public LinkList(
        IReadOnlyList<FileEntry> files, string fallbackName, Func<LinkFields, int, TLink> create, BackupDetails details,
        Func<string, ApiException> problem, IReadOnlyList<string> httpsHosts, string? kind = null)
    {
        var usable = new List<(int Index, FileEntry File, Uri Uri)>();
        for (int i = 0; i < files.Count; i++)
        {
            if (PresignedUri.TryParse(PresignedUri.ToHttps(files[i].Link, httpsHosts), out var uri))
                usable.Add((i, files[i], uri!));
            else
                _problems.Add(files[i].Failure ?? problem(Describe(files[i], i + 1)));
        }

        var names = SafeFileName.FromAll(
            [.. usable.Select(entry => GetName(entry.File, entry.Uri))],
            fallbackName,
            [.. usable.Select(entry => PresignedUri.Redact(entry.Uri))]);
        for (int i = 0; i < usable.Count; i++)
        {
            var (index, file, uri) = usable[i];
            var expiry = file.StatedExpiry ?? PresignedUri.GetExpiry(uri) ?? file.AssumedExpiry;
            // The size of the backup is that of its only file.
            long? size = file.Size ?? (files.Count == 1 && file.IsSizeOfBackup ? details.BackupSize : null);
            _links.Add(create(new LinkFields(uri, names[i], size, expiry, details)
            {
                BackupKind = kind,
                FileCount = files.Count,
            }, index));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TLink> Results => _links;

    /// <summary>One error for each entry that was left out.</summary>
    public IReadOnlyList<BackupLinksException> Problems => _problems;

    /// <inheritdoc/>
    public bool HasMore => false;

    /// <inheritdoc/>
    public string? Remark => _links.Count == 0 && _problems.Count == 0 ? "has no files to download" : null;

    private static string? GetName(FileEntry file, Uri uri) =>
        string.IsNullOrWhiteSpace(file.Name) ? PresignedUri.GetLeafName(uri) : file.Name;

    private static string Describe(FileEntry file, int number) =>
        file.Name is { } name ? $"'{name}'" : "file " + number.ToString(CultureInfo.InvariantCulture);
}
