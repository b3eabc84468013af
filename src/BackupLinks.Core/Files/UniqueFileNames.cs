using System;
using System.Collections.Generic;
using BackupLinks.Text;

namespace BackupLinks.Files;

/// <summary>
/// Assigns file names, none of them to two objects. A second object of a name gets a suffix that its address makes, so
/// names depend on the order of the input alone.
/// </summary>
internal sealed class UniqueFileNames
{
    private const int HashLength = 8;

    // Names that differ by case only are one name on some systems.
    private readonly Dictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that no other object has.</summary>
    /// <param name="name">The name that another object may have.</param>
    /// <param name="address">The object's address, without what changes at a renewal.</param>
    public static string Disambiguate(string name, string address) =>
        SafeFileName.WithSuffix(name, Hex.Sha256(address).Substring(0, HashLength));

    /// <summary>The name for an object.</summary>
    /// <param name="name">The name that it would have.</param>
    /// <param name="address">Its address, without what changes at a renewal.</param>
    /// <param name="isNew">False when the same object has that name already.</param>
    public string Assign(string name, string address, out bool isNew)
    {
        if (_addresses.TryGetValue(name, out string? taken) && taken != address)
            name = Disambiguate(name, address);
        isNew = !_addresses.ContainsKey(name);
        if (isNew)
            _addresses.Add(name, address);
        return name;
    }
}
