using System;
using System.Collections.Generic;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Files;

/// <summary>
/// Hands out file names, none of them to two objects. A name that is taken is told apart by the object's address, so that
/// names depend on the order of the input, and on nothing else.
/// </summary>
internal sealed class UniqueFileNames
{
    private const int HashLength = 8;

    // Names that differ by case only are one name on some systems.
    private readonly Dictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that no other object has.</summary>
    /// <param name="name">The name that another object may have.</param>
    /// <param name="uri">The object's address; the signature does not count.</param>
    public static string Disambiguate(string name, Uri uri) =>
        SafeFileName.WithSuffix(name, Hex.Sha256(PresignedUri.Identify(uri)).Substring(0, HashLength));

    /// <summary>The name for an object.</summary>
    /// <param name="name">The name that it would have.</param>
    /// <param name="uri">Its address; the signature does not count.</param>
    /// <param name="isNew">False when the same object has that name already.</param>
    public string Claim(string name, Uri uri, out bool isNew)
    {
        string address = PresignedUri.Identify(uri);
        if (_addresses.TryGetValue(name, out string? taken) && taken != address)
            name = Disambiguate(name, uri);
        isNew = !_addresses.ContainsKey(name);
        if (isNew)
            _addresses.Add(name, address);
        return name;
    }
}
