using System;

namespace BackupLinks.Files;

/// <summary>The names of the two files of a download that is not finished.</summary>
internal static class PartialFileName
{
    private const string DataSuffix = ".partial";
    private const string JournalSuffix = ".partial.json";
    private const string DamagedSuffix = ".damaged";

    /// <summary>True for a name that a partial file or its journal has.</summary>
    public static bool IsReserved(string name) =>
        name.EndsWith(DataSuffix, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(JournalSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>A path for a file that is a damaged backup.</summary>
    /// <param name="path">The path that it would have had.</param>
    /// <param name="number">0 for the plain one.</param>
    public static string DamagedOf(string path, int number) =>
        number == 0 ? path + DamagedSuffix : FormattableString.Invariant($"{path}{DamagedSuffix}.{number}");

    /// <summary>The path of the bytes.</summary>
    /// <param name="path">The path of the finished file.</param>
    public static string DataOf(string path) => path + DataSuffix;

    /// <summary>The path of the journal.</summary>
    /// <param name="path">The path of the finished file.</param>
    public static string JournalOf(string path) => path + JournalSuffix;
}
