using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Formats;

/// <summary>The result of all layers of a file.</summary>
internal static class BackupVerdict
{
    /// <summary>The problem of a file that no longer has the content that it was saved with.</summary>
    public const string Changed = "changed since it was saved";

    // How far a length may be in front of what it is the length of.
    private const int LengthReach = 64 * 1024;

    private const string NoKnownFormat = "no known format of a backup begins like this file";

    /// <summary>Sums a test up.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="test">The test, which is over.</param>
    /// <param name="sha256">The SHA-256 in hexadecimal, or null.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="saved">The SHA-256 that the file was saved with; null where that is not known.</param>
    public static BackupFileReport ToReport(
        string path, long size, BackupTest test, string? sha256, TimeSpan duration, string? saved = null)
    {
        var (state, culprit, problem) = size == 0 ? (BackupFileState.Empty, null, "the file is empty") : Judge(test);
        var layers = test.Layers;
        bool isChanged = saved is not null && sha256 is not null
            && !saved.Equals(sha256, StringComparison.OrdinalIgnoreCase);
        // Whatever it is now, it is not the backup that was saved.
        if (isChanged)
        {
            bool isBad = problem is not null && state != BackupFileState.Unverifiable;
            (state, problem) = (BackupFileState.Damaged, isBad ? $"{Changed}; {problem}" : Changed);
        }

        return new BackupFileReport(path)
        {
            IsChanged = isChanged,
            State = state,
            IsWhole = isChanged ? false
                : culprit is not null ? culprit.IsWhole
                : state is BackupFileState.Intact or BackupFileState.Unverifiable
                ? layers.All(layer => layer.IsWhole == true) ? true : null
                : false,
            Format = layers.Count == 0 ? null : string.Join(" > ", layers.Select(layer => layer.Format)),
            FormatVersion = layers.LastOrDefault(layer => layer.Version is not null)?.Version,
            Engine = layers.LastOrDefault(layer => layer.Engine is not null)?.Engine,
            CreatedAt = layers.LastOrDefault(layer => layer.CreatedAt is not null)?.CreatedAt,
            Checksum = Cover(layers),
            Problem = problem,
            Offset = culprit?.Offset,
            IsJunk = test.Junk is not null,
            ProblemRange = culprit is null ? null : Locate(culprit, layers, size),
            Layers = layers,
            Details = Merge(layers),
            Size = size,
            Sha256 = sha256,
            Duration = duration,
        };
    }

    private static (string State, BackupLayer? Culprit, string? Problem) Judge(BackupTest test)
    {
        var layers = test.Layers;
        if (layers.Count == 0)
            return (BackupFileState.NotABackup, null, test.Junk ?? NoKnownFormat);
        string? note = null, doubt = null;
        BackupLayer? noted = null, unsure = null;
        for (int i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            string problem = i == 0 ? layer.Detail! : $"inside the {layers[i - 1].Format}, {layer.Detail}";
            if (unsure is null && layer.IsUnsure)
                (doubt, unsure) = (problem, layer);
            if (!layer.IsBad)
                continue;
            // The bytes behind the end of a backup in a sound container were put there when it was written, and
            // restores skip it.
            if (layer.State == BackupFileState.TrailingData && i > 0 && layers[0].Checksum == ChecksumCoverage.Verified)
                (note, noted) = (problem, layer);
            else
                return (layer.State, layer, problem);
        }

        if (test.Junk is { } junk)
            return (BackupFileState.NotABackup, null, $"inside the {layers[layers.Count - 1].Format}, {junk}");
        // The container may have been made of a log that was cut.
        if (unsure is not null && unsure != layers[0])
            return (BackupFileState.Unverifiable, unsure, doubt);
        // A container whose own checksums are right is more than the text in it can be.
        var state = layers[0].State;
        return (state, noted, note ?? (state == BackupFileState.Unverifiable ? layers[0].Detail : null));
    }

    // The bytes of the file that a problem comes from; null when a checksum of the outermost layer proves that they are
    // as they were written. The end of a file that is cut begins with its last part, or with a damaged length of it.
    private static (long Start, long End)? Locate(BackupLayer culprit, IReadOnlyList<BackupLayer> layers, long size)
    {
        if (culprit != layers[0] && culprit.State is BackupFileState.Unsupported or BackupFileState.Unverifiable)
            return null;
        if (culprit != layers[0])
            return layers[0].Checksum == ChecksumCoverage.Verified && !layers[0].IsBad ? null : (0, size);
        if (culprit.IsProven || (culprit.State is BackupFileState.Unsupported && culprit.ProblemEnd is null))
            return null;
        if (culprit.Offset is not { } offset)
            return (0, size);
        if (offset >= size && culprit.ProblemStart is null)
            return (0, size);
        bool isCut = culprit.State is BackupFileState.Truncated;
        long start = culprit.ProblemStart ?? (isCut ? Math.Max(0, offset - LengthReach) : offset);
        return culprit.ProblemEnd is { } end ? (start, Math.Min(end, size))
            : isCut || culprit.State is BackupFileState.TrailingData ? (start, size)
            : (0, size);
    }

    // The outermost layer covers all that is inside it; where it has nothing, the next one counts.
    private static string Cover(IReadOnlyList<BackupLayer> layers)
    {
        foreach (var layer in layers)
        {
            if (layer.Checksum is ChecksumCoverage.Verified or ChecksumCoverage.Partial)
                return layer.Checksum;
        }

        return layers.Count == 0 ? ChecksumCoverage.None : layers[0].Checksum;
    }

    private static Dictionary<string, object> Merge(IEnumerable<BackupLayer> layers)
    {
        var details = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var detail in layers.SelectMany(layer => layer.Details))
            details[detail.Key] = detail.Value;
        return details;
    }
}
