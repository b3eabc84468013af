namespace BackupLinks.Sandbox;

/// <summary>One file of an RDS backup.</summary>
/// <param name="Object">The file.</param>
/// <param name="DatabaseName">The database in it; null when the backup is not by database.</param>
public sealed record SandboxRdsFile(SandboxObject Object, string? DatabaseName);
