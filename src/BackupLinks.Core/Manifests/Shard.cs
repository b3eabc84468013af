using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Shims;

namespace BackupLinks.Manifests;

/// <summary>
/// One of several parts of a list. The items are ordered by a hash of their identity and dealt in turn. So the parts
/// are disjoint, together complete, and equal in number to within one. The order of the list, signatures and times
/// change nothing.
/// </summary>
internal readonly record struct Shard
{
    private const int MostShards = 100_000;

    private Shard(int index, int count)
    {
        Index = index;
        Count = count;
    }

    /// <summary>Which one, from 1.</summary>
    public int Index { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Reads <c>3/16</c>.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidRequest"/>.</exception>
    public static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length != 2 || !TryParse(parts[0], out int index) || !TryParse(parts[1], out int count)
            || count is 0 or > MostShards)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidRequest,
                $"-Shard '{text}' is not a part of a whole; pass the part and the number of parts, such as 3/16.");
        }

        if (index == 0 || index > count)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidRequest,
                $"-Shard '{text}' is outside 1/{count} to {count}/{count}; add 1 to an index that begins with 0.");
        }

        return new Shard(index, count);
    }

    /// <summary>Which items of a list are of this shard; an item that is there twice is of one shard only.</summary>
    /// <param name="identities">The identity of each item.</param>
    /// <returns>One value for each item.</returns>
    public bool[] Select(IEnumerable<string> identities)
    {
        var hashes = identities.Select(Hash).ToArray();
        var ordered = hashes.Distinct().ToArray();
        Array.Sort(ordered);
        // Lists of a few items each must not all begin with the first shard.
        int first = ordered.Length == 0 ? 0 : (int)(ordered[0].High % (ulong)Count);
        var mine = new HashSet<(ulong, ulong)>();
        for (int rank = 0; rank < ordered.Length; rank++)
        {
            if ((rank + first) % Count == Index - 1)
                mine.Add(ordered[rank]);
        }

        return Array.ConvertAll(hashes, mine.Contains);
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(
            text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture,
            out number);

    private static (ulong High, ulong Low) Hash(string identity)
    {
        byte[] hash = Hashing.Sha256(System.Text.Encoding.UTF8.GetBytes(identity));
        return (ReadUInt64(hash, 0), ReadUInt64(hash, sizeof(ulong)));
    }

    // The same on every machine.
    private static ulong ReadUInt64(byte[] bytes, int offset)
    {
        ulong value = 0;
        for (int i = 0; i < sizeof(ulong); i++)
            value = (value << 8) | bytes[offset + i];
        return value;
    }
}
