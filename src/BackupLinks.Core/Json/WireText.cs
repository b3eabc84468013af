using System;
using System.Text.Json;

namespace BackupLinks.Json;

/// <summary>Reads text that may not be valid: half a surrogate pair, or bytes that are not UTF-8.</summary>
internal static class WireText
{
    /// <summary>The text that the reader is at; null for text that is not valid, which costs no other value.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
