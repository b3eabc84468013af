namespace BackupLinks.Providers;

/// <summary>The ids of a backup or a log whose links are requested.</summary>
/// <param name="InstanceId">The instance; null where the service needs none.</param>
/// <param name="BackupId">The backup; null for a log.</param>
/// <param name="LogId">The log; null for a backup.</param>
internal sealed record LinkIds(string? InstanceId, string? BackupId, string? LogId = null);
