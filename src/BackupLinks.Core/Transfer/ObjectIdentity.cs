using System;

namespace BackupLinks.Transfer;

/// <summary>Which object the bytes of a file are of. Two parts with the same identity may be put together.</summary>
/// <param name="Address">Where it is, without the query.</param>
/// <param name="ETag">Its strong entity tag, in quotes; null when the store gives none, or a weak one.</param>
/// <param name="Size">All its bytes.</param>
internal sealed record ObjectIdentity(string Address, string? ETag, long Size)
{
    /// <summary>True when a later request can prove that it gets the same object.</summary>
    public bool IsProvable => ETag is not null;

    /// <summary>
    /// The object's MD5 in lower-case hexadecimal, if the entity tag can be one: that of an object uploaded in
    /// one piece is, that of several parts has a dash. Null when it cannot.
    /// </summary>
    public string? PossibleMd5
    {
        get
        {
            string text = ETag?.Trim('"') ?? "";
            if (text.Length != 32)
                return null;
            foreach (char c in text)
            {
                if (!Uri.IsHexDigit(c))
                    return null;
            }

            return text.ToLowerInvariant();
        }
    }
}
