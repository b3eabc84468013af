using System;
using System.Management.Automation;
using BackupLinks.Catalog;
using BackupLinks.Formatting;

namespace BackupLinks.Links;

/// <summary>Warnings about catalogs.</summary>
internal static class CatalogWarnings
{
    /// <summary>Warns of lines that cannot be read, once in a session. On the pipeline thread.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="catalog">The catalog, whose files have been read.</param>
    public static void WarnOfUnreadableLines(this Cmdlet cmdlet, BackupCatalog catalog)
    {
        if (catalog.UnreadableLines == 0)
            return;
        string lines = catalog.UnreadableLines == 1 ? "One line" : $"{catalog.UnreadableLines} lines";
        cmdlet.WarnOnce(
            FormattableString.Invariant($"{catalog.UnreadableLines} lines of {catalog.File.Path}"),
            $"{lines} of the catalog '{catalog.File.Path}' cannot be read, and will be skipped; a power cut may have "
                + "torn what was written last. Get-BackupFile -IncludeUnknown lists files without a line.");
    }
}
