namespace BackupLinks.Shims;

/// <summary>What tells one file from all others, whatever its names are.</summary>
/// <param name="Device">The device, or on Windows the volume.</param>
/// <param name="Inode">The file's number there.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);
