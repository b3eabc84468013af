using BackupLinks.Http;

namespace BackupLinks.Transfer;

/// <summary>What all transfers of one command share.</summary>
/// <param name="Client">The way to the stores.</param>
/// <param name="Folder">Where the files go.</param>
/// <param name="Settings">How to save them.</param>
/// <param name="Limiter">Keeps them within a bandwidth; null for no limit.</param>
/// <param name="Transport">The session's clocks and random numbers.</param>
/// <param name="Log">Told of what happens.</param>
internal sealed record TransferContext(
    DownloadClient Client, DestinationFolder Folder, TransferSettings Settings, BandwidthLimiter? Limiter, ApiTransport Transport, RequestLog Log)
{
    /// <summary>How many files are being transferred.</summary>
    public ActiveTransfers Load { get; } = new();
}
