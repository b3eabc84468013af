using System;

namespace BackupLinks.Transfer;

/// <summary>Which object the bytes of a file are of. Two parts with the same identity may be put together.</summary>
/// <param name="Address">Where it is, without the query.</param>
/// <param name="Validator">Its <see cref="ObjectValidator"/>; null when the store sends nothing that proves which version it is.</param>
/// <param name="Size">All its bytes.</param>
internal sealed record ObjectIdentity(string Address, string? Validator, long Size)
{
    /// <summary>True when a later request can prove that it gets the same object.</summary>
    public bool IsProvable => Validator is not null;

    /// <summary>True when several connections may share the object. A time is enough to resume by, an entity tag for this, too.</summary>
    public bool IsShareable => Validator is not null && ObjectValidator.IsTag(Validator);

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
