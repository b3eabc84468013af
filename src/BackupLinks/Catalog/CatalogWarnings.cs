using System;
using System.Management.Automation;
using BackupLinks.Formatting;

namespace BackupLinks.Catalog;

/// <summary>Warnings about catalogs.</summary>
internal static class CatalogWarnings
{
    /// <summary>Warns of lines that cannot be read, once in a session. On the pipeline thread.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="catalog">The catalog, whose files have been read.</param>
    public static void WarnOfUnreadableLines(this Cmdlet cmdlet, BackupCatalog catalog) =>
        cmdlet.WarnOfUnreadableLines(catalog.File.Path, catalog.UnreadableLines);

    /// <summary>Warns of lines that cannot be read, once in a session. On the pipeline thread.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="path">The full path of the catalog.</param>
    /// <param name="count">The number of lines; 0 for none.</param>
    public static void WarnOfUnreadableLines(this Cmdlet cmdlet, string path, int count)
    {
        if (count == 0)
            return;
        string lines = count == 1 ? "One line" : $"{count} lines";
        cmdlet.WarnOnce(
            FormattableString.Invariant($"{count} lines of {path}"),
            $"{lines} of the catalog '{path}' cannot be read, and will be skipped; a power cut may have "
                + "torn what was written last. Get-BackupFile -IncludeUnknown lists files without a line.");
    }
}
