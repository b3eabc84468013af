using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Catalog;

/// <summary>
/// The files of the newest backup of each instance, or of each part of it: one, or one of each type where several are
/// wanted. Only they are in memory.
/// </summary>
/// <param name="types">The types that are wanted; none for all, but logs.</param>
internal sealed class LatestFiles(IReadOnlyList<string> types)
{
    private readonly Dictionary<(string?, string?, string?, int), List<BackupFile>> _newest = [];
    private readonly List<(string?, string?, string?, int)> _order = [];

    /// <summary>The files, by instance in the order in which the instances came.</summary>
    public IEnumerable<BackupFile> Files => _order.SelectMany(key => _newest[key]);

    /// <summary>Looks at a file.</summary>
    public void Add(BackupFile file)
    {
        if (types.Count == 0 && (file.LogId is not null || file.Kind == BackupKind.Log))
            return;
        var key = (file.Service, file.InstanceId, file.Part, TypeOf(file));
        if (!_newest.TryGetValue(key, out var newest))
        {
            _order.Add(key);
            _newest.Add(key, [file]);
        }
        else if (IsSameBackup(file, newest[0]))
        {
            newest.Add(file);
        }
        else if (Compare(file, newest[0]) > 0)
        {
            _newest[key] = [file];
        }
    }

    private int TypeOf(BackupFile file)
    {
        for (int i = 0; types.Count > 1 && i < types.Count; i++)
        {
            if (types[i].Equals(file.Type, StringComparison.OrdinalIgnoreCase)
                || types[i].Equals(file.Kind, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return 0;
    }

    private static bool IsSameBackup(BackupFile file, BackupFile other) =>
        (file.BackupId ?? file.LogId) is { } id && id == (other.BackupId ?? other.LogId)
        && (file.BackupTime is not { } time || other.BackupTime is not { } otherTime || time == otherTime);

    // The one that was saved later is the newer of two with one time.
    private static int Compare(BackupFile file, BackupFile other)
    {
        int order = Nullable.Compare(file.Time, other.Time);
        return order != 0 ? order : Nullable.Compare(file.SavedAt, other.SavedAt);
    }
}
