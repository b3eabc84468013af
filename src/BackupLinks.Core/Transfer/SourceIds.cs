namespace BackupLinks.Transfer;

/// <summary>What a file is a backup or log of; null where it does not apply or is not known.</summary>
internal sealed record SourceIds(string? InstanceId, string? BackupId, string? LogId);
