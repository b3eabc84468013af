using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Transfer;

/// <summary>One file to save.</summary>
/// <param name="Target">The input object, for its errors.</param>
/// <param name="Source">The link to save.</param>
/// <param name="Context">The folder, and what all transfers of the command share.</param>
/// <param name="Place">Its path.</param>
/// <param name="Progress">How far it is.</param>
internal sealed record FileOrder(
    object Target, TransferSource Source, TransferContext Context, PathLock Place, TransferProgress Progress)
{
    /// <summary>Why the catalog does not have what became of the file; null when it does.</summary>
    public BackupLinksException? CatalogProblem { get; set; }
}
