using System;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BackupLinks.Checksums;
using BackupLinks.Shims;

namespace BackupLinks.Catalog;

/// <summary>The fields of a line by which an index finds it.</summary>
internal struct CatalogHead
{
    private const int ShortPath = 512;

    /// <summary>What happened: null for a file that was saved.</summary>
    public string? Event { get; private set; }

    /// <summary>A number for the path.</summary>
    public ulong PathKey { get; private set; }

    /// <summary>A number for the object; 0 for none.</summary>
    public ulong ObjectKey { get; private set; }

    /// <summary>The result of a test.</summary>
    public string? TestState { get; private set; }

    /// <summary>The problem that a test found.</summary>
    public string? Problem { get; private set; }

    /// <summary>When a test ended.</summary>
    public DateTimeOffset? TestedAt { get; private set; }

    /// <summary>True when a test found another content than the saved one.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="texts">Keeps texts.</param>
    /// <param name="head">The fields.</param>
    /// <returns>False for a line that is not an event, such as one that a power cut has torn.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, TextPool texts, out CatalogHead head)
    {
        if (TryReadUsual(line, out head))
            return true;
        head = default;
        bool hasVersion = false, hasPath = false;
        var json = new Utf8JsonReader(line);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.ValueSpan;
                switch (name.Length)
                {
                    case 1 when name[0] == 'v':
                        json.Read();
                        hasVersion = json.TryGetInt32(out int version) && version >= 1;
                        break;
                    case 4 when name.SequenceEqual("path"u8):
                        json.Read();
                        head.PathKey = KeyOf(ref json);
                        hasPath = true;
                        break;
                    case 5 when name.SequenceEqual("event"u8):
                        json.Read();
                        head.Event = json.TokenType == JsonTokenType.Null ? null : texts.Read(ref json);
                        break;
                    case 6 when name.SequenceEqual("object"u8):
                        json.Read();
                        head.ObjectKey = KeyOfObject(json.GetString());
                        break;
                    case 6 when name.SequenceEqual("source"u8):
                        json.Read();
                        if (json.GetString() is { } source)
                            head.ObjectKey = KeyOfObject(CatalogEntry.Identify(source));
                        break;
                    case 9 when name.SequenceEqual("testState"u8):
                        json.Read();
                        head.TestState = json.TokenType == JsonTokenType.Null ? null : texts.Read(ref json);
                        break;
                    case 7 when name.SequenceEqual("problem"u8):
                        json.Read();
                        head.Problem = json.GetString();
                        break;
                    case 7 when name.SequenceEqual("changed"u8):
                        json.Read();
                        head.IsChanged = json.TokenType == JsonTokenType.True;
                        break;
                    case 8 when name.SequenceEqual("testedAt"u8):
                        json.Read();
                        head.TestedAt = json.TokenType == JsonTokenType.Null ? null : json.GetDateTimeOffset();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }

            // The reader refuses text behind the object.
            return json.TokenType == JsonTokenType.EndObject && !json.Read() && hasVersion && hasPath;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    // A line of a saved file as this version writes it: what else is in it needs no look.
    private static bool TryReadUsual(ReadOnlySpan<byte> line, out CatalogHead head)
    {
        head = default;
        if (!line.StartsWith(UsualBeginning) || line[line.Length - 1] != '}' || line.IndexOf("\"event\""u8) >= 0)
            return false;
        var rest = line.Slice(UsualBeginning.Length);
        int length = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (length < 0 || rest[length] == '\\')
            return false;
        head.PathKey = KeyOf(rest.Slice(0, length));
        rest = rest.Slice(length);
        const int KeyLength = 16;
        if (!rest.StartsWith(UsualObject))
            return rest.IndexOf("\"object\""u8) < 0 && rest.IndexOf("\"source\""u8) < 0;
        rest = rest.Slice(UsualObject.Length);
        if (rest.Length <= KeyLength
            || !Utf8Parser.TryParse(rest.Slice(0, KeyLength), out ulong key, out int count, 'x') || count != KeyLength)
            return false;
        head.ObjectKey = key;
        return true;
    }

    private static ReadOnlySpan<byte> UsualBeginning => "{\"v\":1,\"path\":\""u8;

    private static ReadOnlySpan<byte> UsualObject => "\",\"object\":\""u8;

    /// <summary>The number for an object.</summary>
    /// <param name="identity">Its identity, in hexadecimal; null for none.</param>
    public static ulong KeyOfObject(string? identity) =>
        identity?.Length >= 16 && ulong.TryParse(
            identity.Substring(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong key)
            ? key : 0;

    /// <summary>The number for a path.</summary>
    public static ulong KeyOf(string path) => KeyOf(Encoding.UTF8.GetBytes(path));

    private static ulong KeyOf(ref Utf8JsonReader json) =>
        json.TokenType != JsonTokenType.String ? throw new FormatException()
        : json.ValueIsEscaped ? KeyOf(json.GetString()!)
        : KeyOf(json.ValueSpan);

    private static ulong KeyOf(ReadOnlySpan<byte> path) => KeyOf(path, ignoresCase: Platform.IsWindows);

    /// <summary>The number for a path.</summary>
    /// <param name="path">The path in UTF-8.</param>
    /// <param name="ignoresCase">True for one number for all spellings of ASCII letters, as Windows has it.</param>
    internal static ulong KeyOf(ReadOnlySpan<byte> path, bool ignoresCase)
    {
        if (!ignoresCase)
            return XxHash64.Compute(path);
        // A catalog has a million lines, and nearly all paths are short.
        Span<byte> lower = path.Length <= ShortPath ? stackalloc byte[path.Length] : new byte[path.Length];
        path.CopyTo(lower);
        for (int i = 0; i < lower.Length; i++)
        {
            if (lower[i] is >= (byte)'A' and <= (byte)'Z')
                lower[i] += 'a' - 'A';
        }

        return XxHash64.Compute(lower);
    }
}
