using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;

namespace BackupLinks.Links;

/// <summary>
/// The links of one backup, and what was wrong with the entries that could not become one: a broken entry
/// among 64 must not cost the other 63.
/// </summary>
internal sealed class LinkList<TLink> : IReadOnlyList<TLink>, IResultPage<TLink>
    where TLink : DownloadLink
{
    private readonly List<TLink> _links = [];
    private readonly List<ApiException> _problems = [];

    /// <summary>Makes links of a provider's list of files.</summary>
    /// <param name="files">The list.</param>
    /// <param name="fallbackName">The name of a file that has none, neither in the list nor in its address.</param>
    /// <param name="create">Makes the link; is given the file's position in the list.</param>
    /// <param name="details">What a list said of the backup.</param>
    /// <param name="problem">Makes the error for an entry; is given what the entry is called.</param>
    public LinkList(
        IReadOnlyList<FileEntry> files, string fallbackName, Func<LinkFields, int, TLink> create, BackupDetails details,
        Func<string, ApiException> problem)
    {
        var usable = new List<(int Index, FileEntry File, Uri Uri)>();
        for (int i = 0; i < files.Count; i++)
        {
            if (PresignedUri.TryParse(files[i].Link, out var uri))
                usable.Add((i, files[i], uri!));
            else
                _problems.Add(problem(files[i].Name is { } name ? $"'{name}'" : "file " + (i + 1).ToString(CultureInfo.InvariantCulture)));
        }

        var names = SafeFileName.FromAll(
            [.. usable.Select(entry => string.IsNullOrWhiteSpace(entry.File.Name) ? PresignedUri.GetLeafName(entry.Uri) : entry.File.Name)],
            fallbackName,
            [.. usable.Select(entry => PresignedUri.Redact(entry.Uri))]);
        for (int i = 0; i < usable.Count; i++)
        {
            var (index, file, uri) = usable[i];
            var expiry = file.StatedExpiry ?? PresignedUri.GetExpiry(uri) ?? file.AssumedExpiry;
            // The size of the backup is that of its only file.
            long? size = file.Size ?? (files.Count == 1 ? details.BackupSize : null);
            _links.Add(create(new LinkFields(uri, names[i], size, expiry, details), index));
        }
    }

    public int Count => _links.Count;

    /// <summary>One error an entry that was left out.</summary>
    public IReadOnlyList<BackupLinksException> Problems => _problems;

    IReadOnlyList<TLink> IResultPage<TLink>.Results => this;

    bool IResultPage<TLink>.HasMore => false;

    string? IResultPage<TLink>.Remark => _links.Count == 0 && _problems.Count == 0 ? "has no files to download" : null;

    public TLink this[int index] => _links[index];

    public IEnumerator<TLink> GetEnumerator() => _links.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
