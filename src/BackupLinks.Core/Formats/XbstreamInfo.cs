using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BackupLinks.Formats;

/// <summary>
/// The last members of an xbstream, which tell of the backup: <c>xtrabackup_info</c>, which mariabackup ends with, and
/// <c>xtrabackup_tablespaces</c>, which Percona XtraBackup writes behind it since 8.0.4 (<c>xtrabackup.cc</c>,
/// <c>space_map.cc</c>).
/// </summary>
internal sealed class XbstreamInfo
{
    private const int Longest = 64 * 1024;
    private const string MariaName = "mariadb_backup_info";

    private static readonly string[] Names = ["xtrabackup_info", MariaName];
    private static readonly string[] TablespacesNames = ["xtrabackup_tablespaces"];
    private static readonly Version FirstWithTablespaces = new(8, 0, 4);

    // The files that only a backup has, so that the information about it must follow.
    private static readonly string[] BackupNames = ["backup-my.cnf", "ibdata1", "xtrabackup_logfile", "ib_logfile0",
        "xtrabackup_checkpoints", "mariadb_backup_checkpoints", "mariadb_backup_binlog_info", "aria_log_control"];

    private readonly List<byte> _text = [];
    private string? _name;
    private bool _isBackup;
    private bool _hasTablespaces;

    /// <summary>Whether a member has the information, compressed or not.</summary>
    /// <param name="path">The member's path.</param>
    public static bool IsIn(string path) => IsOneOf(Names, path);

    /// <summary>Forgets the content, because the member begins once more.</summary>
    public void Clear() => _text.Clear();

    /// <summary>Takes the content, in pieces.</summary>
    /// <param name="bytes">The next piece; what is too long is not kept.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_text.Count + bytes.Length <= Longest)
            _text.AddRange(bytes.ToArray());
    }

    /// <summary>Notes that a member is whole.</summary>
    /// <param name="path">Its path.</param>
    public void Note(string path)
    {
        string name = path.Substring(path.LastIndexOf('/') + 1);
        if (IsIn(path))
            _name = name;
        _hasTablespaces |= IsOneOf(TablespacesNames, path);
        _isBackup |= path.Contains(".ibd")
            || Array.Exists(BackupNames, own => name.StartsWith(own, StringComparison.Ordinal));
    }

    /// <summary>Sums up at the end of the stream.</summary>
    /// <param name="layer">Takes what the backup says of itself.</param>
    /// <param name="end">Where the stream ends.</param>
    /// <exception cref="BackupFormatException">The last members of a backup are not there.</exception>
    public void Judge(BackupLayer layer, long end)
    {
        if (_name is null && _isBackup)
            throw Missing(end, "xtrabackup_info, which is one of the last members of a backup");
        if (_name is null)
        {
            (layer.IsWhole, layer.Detail) = (null, "there is no xtrabackup_info, which is one of the last "
                + "members of a backup; a cut between two members cannot be told");
            return;
        }

        if (Decode() is not { } text)
        {
            layer.IsWhole = _hasTablespaces ? true : null;
            return;
        }

        layer.IsWhole = true;
        string? tool = Read(text, layer, out bool isMaria);
        if (tool is null)
            return;
        layer.Details["Tool"] = tool;
        if (!isMaria && !_hasTablespaces && Version.TryParse(tool.Split('-', ' ')[0], out var version)
            && version >= FirstWithTablespaces)
        {
            throw Missing(end, "xtrabackup_tablespaces, which comes last in a backup");
        }
    }

    private static BackupFormatException Missing(long end, string name) => BackupFormatException.Truncated(
        end, $"{name}, is not there at {Text.Numbers.Text(end)}");

    private static bool IsOneOf(string[] names, string path) => Array.Exists(
        names, own => path.StartsWith(own, StringComparison.Ordinal) && (path.Length == own.Length
            || path[own.Length] == '.'));

    private static bool Has(string value, string word) => value.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    // The version of the tool; null where it is not told.
    private string? Read(string text, BackupLayer layer, out bool isMaria)
    {
        string? tool = null, server = null;
        // A service may leave the name out of the versions.
        isMaria = _name!.StartsWith(MariaName, StringComparison.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            int at = line.IndexOf(" = ", StringComparison.Ordinal);
            if (at < 0)
                continue;
            string value = line.Substring(at + 3).Trim();
            switch (line.Substring(0, at).Trim())
            {
                case "server_version":
                    server = value;
                    isMaria |= Has(value, "MariaDB");
                    break;
                case "tool_version":
                    tool = value;
                    isMaria |= Has(value, "MariaDB");
                    break;
                case "tool_name":
                    isMaria |= Has(value, "mariabackup") || Has(value, "mariadb-backup");
                    break;
                case "end_time" when DateTime.TryParse(value, CultureInfo.InvariantCulture,
                    DateTimeStyles.None, out var end) && end.Year is > 1 and < 9999:
                    layer.CreatedAt = new DateTimeOffset(DateTime.SpecifyKind(end, DateTimeKind.Local));
                    break;
                case "partial":
                    layer.Details["IsPartial"] = value == "Y";
                    break;
                case "incremental":
                    layer.Details["IsIncremental"] = value == "Y";
                    break;
            }
        }

        if (server is not null)
            layer.Engine = (isMaria ? "MariaDB " : "MySQL ") + server;
        return tool;
    }

    private string? Decode()
    {
        byte[] bytes = _text.ToArray();
        if (_name!.EndsWith("_info", StringComparison.Ordinal))
            return Encoding.UTF8.GetString(bytes);
        // Compressed: .qp, .zst, .lz4.
        using var reader = new ByteReader(new MemorySource(bytes), ByteReader.LookAhead * 2);
        return MemberText.Decode(reader, Longest);
    }
}
