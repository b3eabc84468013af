namespace BackupLinks.Shims;

/// <summary>The type of something that has a path.</summary>
internal enum FileType
{
    /// <summary>A file with content.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link or junction.</summary>
    Link,

    /// <summary>A named pipe.</summary>
    Pipe,

    /// <summary>A socket, or a device.</summary>
    Special,
}
