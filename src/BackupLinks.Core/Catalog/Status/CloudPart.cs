using System;

namespace BackupLinks.Catalog.Status;

/// <summary>What the cloud has of a part of an instance that is backed up by itself.</summary>
/// <param name="Part">The part; null for all of the instance.</param>
/// <param name="HasGood">True when a backup of it can be downloaded.</param>
/// <param name="NewestGood">
/// When the newest of those was begun; null when the list does not say, or there is none.
/// </param>
internal sealed record CloudPart(string? Part, bool HasGood, DateTimeOffset? NewestGood);
