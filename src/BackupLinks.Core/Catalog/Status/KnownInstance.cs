using System;

namespace BackupLinks.Catalog.Status;

/// <summary>An instance as an earlier command saw it in the cloud.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="LastCloudBackupTime">When its newest good backup in the cloud was begun; null when not known.</param>
/// <param name="GoneSince">When a complete list first did not have it; null for one that is listed.</param>
internal sealed record KnownInstance(
    InstanceIdentity Instance, DateTimeOffset? LastCloudBackupTime, DateTimeOffset? GoneSince);
