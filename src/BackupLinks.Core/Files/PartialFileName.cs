using System;

namespace BackupLinks.Files;

/// <summary>The names of the two files of a download that is not finished.</summary>
internal static class PartialFileName
{
    private const string DataSuffix = ".partial";
    private const string JournalSuffix = ".partial.json";

    /// <summary>True for a name that a partial file or its journal has.</summary>
    public static bool IsReserved(string name) =>
        name.EndsWith(DataSuffix, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(JournalSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of the bytes.</summary>
    /// <param name="path">The path of the finished file.</param>
    public static string DataOf(string path) => path + DataSuffix;

    /// <summary>The path of the journal.</summary>
    /// <param name="path">The path of the finished file.</param>
    public static string JournalOf(string path) => path + JournalSuffix;
}
