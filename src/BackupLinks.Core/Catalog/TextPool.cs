using System.Text.Json;

namespace BackupLinks.Catalog;

/// <summary>
/// Texts that a file repeats in line after line, so that each is in memory once. It forgets: a text that comes seldom
/// gives way to another.
/// </summary>
internal sealed class TextPool
{
    private const int LongestText = 64;
    private readonly string?[] _texts = new string?[4096];

    /// <summary>The text that a reader is at.</summary>
    public string Read(ref Utf8JsonReader json)
    {
        var bytes = json.ValueSpan;
        if (json.ValueIsEscaped || bytes.Length > LongestText)
            return json.GetString()!;
        uint hash = 2166136261;
        foreach (byte value in bytes)
            hash = unchecked((hash ^ value) * 16777619);
        ref string? known = ref _texts[hash % (uint)_texts.Length];
        if (known is null || !json.ValueTextEquals(known))
            known = json.GetString()!;
        return known;
    }
}
