namespace BackupLinks.AlibabaCloud.Rds;

/// <summary>Reads what RDS says of the encryption of a backup: JSON with the key, or <c>{}</c>.</summary>
internal static class RdsEncryption
{
    /// <summary>True for a text that names a key.</summary>
    public static bool IsOn(string? encryption) => encryption?.Trim() is { Length: > 2 } text && text[0] == '{';
}
