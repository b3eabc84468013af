using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>The context that all transfers of one command share.</summary>
/// <param name="Client">Requests objects from stores.</param>
/// <param name="Folder">The folder that the files are saved to.</param>
/// <param name="Catalog">
/// The catalog of the folder, or of one above it, of this run and earlier ones; null for none.
/// </param>
/// <param name="Settings">How to save them.</param>
/// <param name="Limiter">Keeps them within a bandwidth; null for no limit.</param>
/// <param name="Transport">The session's clocks and random numbers.</param>
/// <param name="Log">Takes lines about the transfers.</param>
internal sealed record TransferContext(
    DownloadClient Client, DestinationFolder Folder, CatalogFile? Catalog, TransferSettings Settings,
    BandwidthLimiter? Limiter, ApiTransport Transport, RequestLog Log)
{
    /// <summary>
    /// Takes the error of a line that the catalog could not be given, from any thread; null for none.
    /// </summary>
    public Action<BackupLinksException>? CatalogFailed { get; init; }

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="failures">How many attempts have failed one after the other, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task PauseAsync(int failures, CancellationToken cancellationToken) => Transport.Clock.DelayAsync(
        RetryDelay.Backoff(Settings.RetryInterval, failures - 1, SharedRandom.NextDouble()), cancellationToken);

    /// <summary>How many files are being transferred.</summary>
    public ActiveTransfers Transfers { get; } = new();
}
