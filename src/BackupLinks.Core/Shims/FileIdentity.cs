namespace BackupLinks.Shims;

/// <summary>The identity of a file, under any of its names.</summary>
/// <param name="Device">The device, or on Windows the volume.</param>
/// <param name="Inode">The file's number there.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);
