using System;

namespace BackupLinks.Catalog.Status;

/// <summary>A backup that failed in the cloud.</summary>
/// <param name="BackupId">Its id.</param>
/// <param name="Time">When it was begun; null when the list does not say.</param>
/// <param name="Status">The provider's word for its state; null when the list does not say.</param>
/// <param name="IsNewest">True when no good backup is newer.</param>
internal sealed record CloudFailure(string BackupId, DateTimeOffset? Time, string? Status, bool IsNewest);
