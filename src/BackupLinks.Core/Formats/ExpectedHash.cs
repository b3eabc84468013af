using System;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.Formats;

/// <summary>The hash that a file must have: a SHA-256 or an MD5.</summary>
internal sealed class ExpectedHash
{
    private const int Sha256Length = 64;
    private const int Md5Length = 32;

    private readonly string _hash;

    private ExpectedHash(string hash) => _hash = hash;

    /// <summary>True for an MD5.</summary>
    public bool IsMd5 => _hash.Length == Md5Length;

    /// <summary>Reads a hash.</summary>
    /// <param name="text">Its hexadecimal digits, also with a name and a colon in front; null or empty for
    /// none.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidRequest"/>.</exception>
    public static ExpectedHash? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        string hash = text!.Trim();
        hash = hash.Substring(hash.IndexOf(':') + 1).ToLowerInvariant();
        return hash.Length is Sha256Length or Md5Length && hash.All(Uri.IsHexDigit)
            ? new ExpectedHash(hash)
            : throw new BackupLinksException(
                ErrorKind.InvalidRequest, "-ExpectedHash is neither a SHA-256 nor an MD5; give 64 or 32 "
                    + "hexadecimal digits.");
    }

    /// <summary>Compares.</summary>
    /// <param name="path">The file, for the error.</param>
    /// <param name="sha256">The file's SHA-256; null when it was not computed.</param>
    /// <param name="md5">The file's MD5; null when it was not computed.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.HashMismatch"/>.</exception>
    public void Require(string path, string? sha256, string? md5)
    {
        string? actual = IsMd5 ? md5 : sha256;
        if (actual != _hash)
        {
            throw new BackupLinksException(
                ErrorKind.HashMismatch,
                $"'{path}' has the {(IsMd5 ? "MD5" : "SHA-256")} {actual} and not {_hash}; save the backup "
                    + "again, or check the expected hash.");
        }
    }
}
