using BackupLinks.Transfer;

namespace BackupLinks.Links;

/// <summary>One file to save.</summary>
/// <param name="Target">The object that it was asked for with, for its errors.</param>
/// <param name="Source">What to save.</param>
/// <param name="Environment">The folder, and what all transfers of the command share.</param>
/// <param name="Place">Where to.</param>
/// <param name="Meter">How far it is.</param>
internal sealed record FileOrder(object Target, TransferSource Source, TransferContext Environment, PathInUse Place, TransferProgress Meter);
