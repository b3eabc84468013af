using System;

namespace BackupLinks.Catalog.Retention;

/// <summary>What a plan is made with besides the backups.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Now">The time; a backup after it is of a clock that was wrong.</param>
/// <param name="Zone">The zone of hours, days, weeks, months and years.</param>
/// <param name="ByType">True to count the backups of each type for themselves.</param>
/// <param name="IsGone">
/// True for a backup of an instance that the cloud no longer has: no other backup of it will come. Null for none.
/// </param>
internal sealed record RetentionSettings(
    RetentionRules Rules,
    DateTimeOffset Now,
    TimeZoneInfo Zone,
    bool ByType = false,
    Func<SavedBackup, bool>? IsGone = null);
