namespace BackupLinks.Sandbox;

/// <summary>One file of a backup.</summary>
/// <param name="Object">The file.</param>
/// <param name="DatabaseName">The database in it; null when the backup is not by database.</param>
public sealed record SandboxBackupFile(SandboxObject Object, string? DatabaseName);
