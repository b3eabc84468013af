namespace BackupLinks.TencentCloud;

/// <summary>A file of a backup, or of a log.</summary>
/// <param name="Name">The name; null to take that of the address.</param>
/// <param name="Address">The address on the internet; null for none.</param>
/// <param name="Size">Bytes; null when the response does not say.</param>
internal sealed record TencentFile(string? Name, string? Address, long? Size = null)
{
    /// <summary>The address inside the provider's network; null for none.</summary>
    public string? IntranetAddress { get; init; }

    /// <summary>The MD5 as the response has it; null for none.</summary>
    public string? Md5 { get; init; }

    /// <summary>The part of the backup that is in the file: a database, a shard; null for all of it.</summary>
    public string? Part { get; init; }

    /// <summary>True for a file of an encrypted backup.</summary>
    public bool IsEncrypted { get; init; }
}
