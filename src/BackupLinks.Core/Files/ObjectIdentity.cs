using System;

namespace BackupLinks.Files;

/// <summary>The object that the bytes of a file are of. Parts with the same identity may be joined.</summary>
/// <param name="Address">Its address, without the query.</param>
/// <param name="Validator">
/// Proves the version: a strong entity tag in quotes, or the time of its last change; null when the store sends
/// neither.
/// </param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record ObjectIdentity(string Address, string? Validator, long Size)
{
    /// <summary>True when a later request can prove that it gets the same object.</summary>
    public bool IsProvable => Validator is not null;

    /// <summary>
    /// True when several connections may share the object. A time is enough to resume by; this takes an entity tag.
    /// </summary>
    public bool IsShareable => Validator?.StartsWith("\"", StringComparison.Ordinal) == true;

    /// <summary>
    /// The object's MD5 in lower-case hexadecimal, if the entity tag can be one: that of an object uploaded in
    /// one piece is, that of several parts has a dash. Null when it cannot.
    /// </summary>
    public string? PossibleMd5
    {
        get
        {
            string text = Validator?.Trim('"') ?? "";
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
