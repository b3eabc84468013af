using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// The manifest of pg_basebackup beside a tar: the members are compared with it. A folder can have the manifest of
/// another backup; it counts when most members have their size in it, and not all of many another checksum.
/// </summary>
internal sealed class PgManifest
{
    private const string FileName = "backup_manifest";
    private const string Tablespaces = "pg_tblspc/";

    // A file of fewer bytes, such as PG_VERSION, is the same in every cluster.
    private const int ShortestOwn = 16;

    // As many may be damaged in one tar.
    private const int Few = 3;

    // pg_basebackup -R changes these in the tar; pg_verifybackup does not compare them.
    private static readonly string[] Ignored = ["postgresql.auto.conf", "recovery.signal", "standby.signal",
        FileName];

    private readonly Dictionary<string, PgManifestFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private (long At, string Problem)? _firstWrong;
    private long _ofSize;
    private long _ofOtherSize;
    private long _right;
    private long _wrong;
    private long _uncovered;

    private PgManifest()
    {
    }

    /// <summary>Reads the manifest in a folder.</summary>
    /// <param name="folder">The folder; null for none.</param>
    /// <returns>Null when there is none, or not a whole one.</returns>
    public static PgManifest? Load(string? folder)
    {
        if (folder is null || !File.Exists(Path.Combine(folder, FileName)))
            return null;
        var manifest = new PgManifest();
        try
        {
            using var file = new FileByteSource(
                Path.Combine(folder, FileName), withSha256: false, withMd5: false, progress: null,
                CancellationToken.None);
            using var reader = new ByteReader(file);
            PgManifestVerifier.Read(reader, new BackupLayer(BackupFormat.PgManifest, FileName), manifest.Add);
            return manifest;
        }
        catch (Exception e) when (
            e is BackupFormatException or IOException or UnauthorizedAccessException or JsonException
                or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Its own report says so.
            return null;
        }
    }

    /// <summary>Finds the file that a member of a tar is.</summary>
    /// <param name="name">The member's name.</param>
    /// <returns>Null for one that the manifest does not have.</returns>
    public PgManifestFile? Find(string name)
    {
        if (name.StartsWith("./", StringComparison.Ordinal))
            name = name.Substring(2);
        if (!_files.TryGetValue(name, out var file))
            return null;
        file.IsSeen = true;
        _folders.Add(FolderOf(file.Path));
        return file;
    }

    /// <summary>Notes how a member compares.</summary>
    /// <param name="file">The file in the manifest.</param>
    /// <param name="size">Its size.</param>
    /// <param name="isRight">Whether its checksum is right; null when it was not computed.</param>
    /// <param name="at">Where it begins in the tar.</param>
    public void Note(PgManifestFile file, long size, bool? isRight, long at)
    {
        bool isOfSize = size == file.Size;
        if (!(isOfSize && isRight == true))
            _uncovered++;
        if (IsIgnored(file))
            return;
        _ofSize += isOfSize ? 1 : 0;
        _ofOtherSize += isOfSize ? 0 : 1;
        if (isOfSize && size >= ShortestOwn)
        {
            _right += isRight == true ? 1 : 0;
            _wrong += isRight == false ? 1 : 0;
        }

        if (isOfSize && isRight != false)
            return;
        _firstWrong ??= (at, isOfSize
            ? $"the checksum of '{file.Path}' at {Numbers.Text(at)} is not that of the manifest beside the tar"
            : $"'{file.Path}' at {Numbers.Text(at)} has {Numbers.Count(size, "byte")}, and the manifest beside the tar "
                + $"says {Numbers.Text(file.Size)}");
    }

    /// <summary>Notes bytes that the manifest does not cover.</summary>
    public void NoteUncovered() => _uncovered++;

    /// <summary>Sums up.</summary>
    /// <param name="layer">Takes the problem, or that all is verified.</param>
    /// <param name="end">Where the tar ends.</param>
    public void Judge(BackupLayer layer, long end)
    {
        // Clusters of one version have many files of the same sizes.
        if (_ofSize == 0 || _ofSize < _ofOtherSize || (_right == 0 && _wrong > Few))
            return;
        if (_firstWrong is { } wrong)
        {
            layer.Fail(BackupFileState.Damaged, wrong.At, "damaged: " + wrong.Problem);
            return;
        }

        var missing = _files.Values.Where(
            file => !file.IsSeen && !IsIgnored(file) && _folders.Contains(FolderOf(file.Path))).ToArray();
        if (missing.Length > 0)
        {
            layer.Fail(
                BackupFileState.Truncated, end,
                $"cut: the manifest beside the tar names {Numbers.Count(missing.Length, "file")} that the tar does not "
                    + $"have; the first is '{missing[0].Path}'");
            return;
        }

        if (layer.IsBad)
            return;
        if (layer.State == BackupFileState.Intact)
            layer.Detail = "the manifest beside the tar was compared";
        if (_uncovered == 0)
            layer.Checksum = ChecksumCoverage.Verified;
    }

    private static bool IsIgnored(PgManifestFile file) => Array.IndexOf(Ignored, file.Path) >= 0;

    // A tar is of the data folder, or of one tablespace, in which names begin behind the tablespace's number.
    private static string FolderOf(string path)
    {
        if (!path.StartsWith(Tablespaces, StringComparison.Ordinal))
            return "";
        int end = path.IndexOf('/', Tablespaces.Length);
        return end < 0 ? "" : path.Substring(0, end + 1);
    }

    private void Add(byte[] line)
    {
        string text = System.Text.Encoding.UTF8.GetString(line).TrimEnd('\n', '\r', ',');
        using var entry = JsonDocument.Parse(text);
        var root = entry.RootElement;
        // A name that is not UTF-8 is not compared.
        if (!root.TryGetProperty("Path", out var path) || path.ValueKind != JsonValueKind.String)
            return;
        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        var file = new PgManifestFile(
            path.GetString()!, root.GetProperty("Size").GetInt64(), Text("Checksum-Algorithm"), Text("Checksum"));
        _files[file.Path] = file;
        string folder = FolderOf(file.Path);
        if (folder.Length > 0)
            _files[file.Path.Substring(folder.Length)] = file;
    }
}
