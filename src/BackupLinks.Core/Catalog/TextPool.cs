using System;
using System.Text.Json;
using BackupLinks.Shims;

namespace BackupLinks.Catalog;

/// <summary>
/// Texts that a file repeats in line after line, so that each is in memory once. It forgets: a text that comes seldom
/// gives way to another.
/// </summary>
internal sealed class TextPool
{
    private const int LongestText = 64;
    private readonly (byte[] Bytes, string Text)[] _texts = new (byte[], string)[4096];

    /// <summary>The text that a reader is at.</summary>
    public string Read(ref Utf8JsonReader json) => json.ValueIsEscaped ? json.GetString()! : Get(json.ValueSpan);

    /// <summary>The text of bytes.</summary>
    /// <exception cref="FormatException">They are not UTF-8.</exception>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestText)
            return StrictUtf8.Decode(bytes);
        ref var known = ref _texts[HashOf(bytes) % (uint)_texts.Length];
        if (known.Bytes is null || !bytes.SequenceEqual(known.Bytes))
            known = (bytes.ToArray(), StrictUtf8.Decode(bytes));
        return known.Text;
    }

    // Ids differ at their ends.
    private static uint HashOf(ReadOnlySpan<byte> bytes)
    {
        uint hash = (uint)bytes.Length;
        for (int i = 0; i < 4 && i < bytes.Length; i++)
            hash = unchecked((hash * 16777619) ^ bytes[i] ^ ((uint)bytes[bytes.Length - 1 - i] << 8));
        return unchecked(hash * 2654435761) >> 16;
    }
}
