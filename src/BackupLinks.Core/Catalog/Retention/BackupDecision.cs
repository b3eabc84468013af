using System.Collections.Generic;

namespace BackupLinks.Catalog.Retention;

/// <summary>Whether a backup stays.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Keep">True when it stays.</param>
/// <param name="Reasons">Why it stays, or why it goes; all that hold, at least one.</param>
internal sealed record BackupDecision(SavedBackup Backup, bool Keep, IReadOnlyList<string> Reasons);
