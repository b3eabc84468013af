using System.Linq;
using BackupLinks.Checksums;
using BackupLinks.Links;

namespace BackupLinks.TencentCloud.MySql;

/// <summary>
/// The file of a TencentDB for MySQL backup. Source: Tencent Cloud MySQL API, "DescribeBackups".
/// </summary>
public sealed class MySqlBackupLink : TencentCloudBackupLink
{
    internal MySqlBackupLink(
        LinkFields file, TencentLinkOrigin origin, TencentBackupLinksRequest request, TencentFile item)
        : base(file, origin, request)
    {
        ExpectedHash = ReadMd5(item.Md5);
        IsEncrypted = item.IsEncrypted;
    }

    /// <summary>
    /// The MD5 that the provider states of the file, in hexadecimal, which a saved file is compared with; null when it
    /// states none.
    /// </summary>
    public string? ExpectedHash { get; }

    /// <summary>
    /// True for an encrypted backup; <c>DescribeBackupDecryptionKey</c> of the provider's API returns its key.
    /// </summary>
    public bool IsEncrypted { get; }

    /// <summary>The MD5 in a text; null for any other text.</summary>
    internal static string? ReadMd5(string? text) =>
        text?.Trim() is { Length: ChecksumAlgorithm.Md5Length } hash && hash.All(System.Uri.IsHexDigit) ? hash : null;
}
