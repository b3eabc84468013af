using System;
using System.Buffers.Binary;
using System.Text;

namespace BackupLinks.Formats;

/// <summary>The elements of a BSON document (bsonspec.org, version 1.1), as far as an archive's own documents have
/// them.</summary>
internal static class BsonDocument
{
    /// <summary>The length of a document without elements.</summary>
    public const int Shortest = 5;

    /// <summary>More than any document: 16 MiB for a stored one, and some for what a server adds.</summary>
    public const int Longest = 48 * 1024 * 1024;

    /// <summary>Takes one element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A string, a Boolean or an integer; null for another type.</param>
    public delegate void Element(string name, object? value);

    /// <summary>Reads the elements of the outermost level.</summary>
    /// <param name="document">The whole document, with its length.</param>
    /// <param name="element">Takes each of them.</param>
    /// <returns>False for a document that is not right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> document, Element element)
    {
        int at = 4;
        while (at < document.Length && document[at] != 0)
        {
            byte type = document[at++];
            int end = document.Slice(at).IndexOf((byte)0);
            if (end < 0)
                return false;
            string name = Encoding.UTF8.GetString(document.Slice(at, end).ToArray());
            at += end + 1;
            if (!TryMeasure(document.Slice(at), type, out int length) || length > document.Length - at)
                return false;
            element(name, ReadValue(document.Slice(at, length), type));
            at += length;
        }

        return at == document.Length - 1;
    }

    private static bool TryMeasure(ReadOnlySpan<byte> value, byte type, out int length)
    {
        int stated = value.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(value) : -1;
        switch (type)
        {
            case 0x01 or 0x09 or 0x11 or 0x12:
                length = 8;
                return true;
            case 0x02 or 0x0D or 0x0E:
                length = stated < 1 || stated > Longest ? -1 : 4 + stated;
                return length > 0;
            case 0x03 or 0x04 or 0x0F:
                length = stated is < Shortest or > Longest ? -1 : stated;
                return length > 0;
            case 0x05:
                length = stated is < 0 or > Longest ? -1 : 5 + stated;
                return length > 0;
            case 0x07:
                length = 12;
                return true;
            case 0x08:
                length = 1;
                return true;
            case 0x10:
                length = 4;
                return true;
            case 0x13:
                length = 16;
                return true;
            default:
                length = 0;
                return type is 0x06 or 0x0A or 0xFF or 0x7F;
        }
    }

    private static object? ReadValue(ReadOnlySpan<byte> value, byte type) => type switch
    {
        0x02 => Encoding.UTF8.GetString(value.Slice(4, value.Length - 5).ToArray()),
        0x08 => value[0] != 0,
        0x10 => (long)BinaryPrimitives.ReadInt32LittleEndian(value),
        0x12 => BinaryPrimitives.ReadInt64LittleEndian(value),
        _ => null,
    };
}
