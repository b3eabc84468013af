namespace BackupLinks.Shims;

/// <summary>
/// The status of a file, a folder, or anything else that has a path. A link is not followed.
/// </summary>
/// <param name="Type">Its type.</param>
/// <param name="Identity">Its identity; null when the system does not say.</param>
/// <param name="Links">How many names it has; 1 when the system does not say.</param>
/// <param name="Owner">The user that owns it; null when the system does not say.</param>
/// <param name="IsOwn">False for a file that another user owns.</param>
internal sealed record FileStatus(FileType Type, FileIdentity? Identity, uint Links, uint? Owner, bool IsOwn)
{
    /// <summary>Its size in bytes; null when the system does not say.</summary>
    public long? Size { get; init; }

    /// <summary>True when the system says that the other is on another volume.</summary>
    public bool IsOnOtherVolume(FileStatus? other) =>
        Identity is { } id && other?.Identity is { } otherId && id.Device != otherId.Device;

    /// <summary>True unless the system says that the other is another file.</summary>
    public bool IsSameFile(FileStatus? other) =>
        other is not null && (Identity is not { } id || other.Identity is not { } otherId || id == otherId);
}
