using System.Globalization;
using System.Text;

namespace BackupLinks.Formats;

/// <summary>Reads the lengths and strings of an RDB; decompresses nothing.</summary>
internal sealed class RdbReader(ByteReader input)
{
    private const int KeptText = 256;
    private const string Value = "a value";
    private const string Length = "a length";

    /// <summary>Passes lengths.</summary>
    public void SkipLengths(int count)
    {
        for (; count > 0; count--)
            ReadLength();
    }

    /// <summary>Passes strings.</summary>
    public void SkipStrings(ulong count)
    {
        while (count > 0)
        {
            var window = input.Window;
            int done = 0;
            for (int at; count > 0 && (at = RdbString.FindEnd(window, done)) >= 0; count--)
                done = at;
            input.Advance(done);
            if (count == 0)
                return;
            SkipString();
            count--;
        }
    }

    /// <summary>Reads a length.</summary>
    public ulong ReadLength()
    {
        byte first = input.ReadByte(Length);
        return (first >> 6) switch
        {
            0 => first,
            1 => (ulong)(((first & 0x3F) << 8) | input.ReadByte(Length)),
            2 when first == 0x80 => input.ReadUInt32BigEndian(Length),
            2 when first == 0x81 => input.ReadUInt64BigEndian(Length),
            _ => throw BackupFormatException.Damaged(input.Position - 1, $"length encoding {first:x2} is not known"),
        };
    }

    /// <summary>Passes one string.</summary>
    public void SkipString()
    {
        byte first = input.ReadByte("a string");
        switch (first >> 6)
        {
            case 0:
                input.Skip(first, "a string");
                break;
            case 1:
                input.Skip(((first & 0x3F) << 8) | input.ReadByte("a string"), "a string");
                break;
            case 2:
                SkipLongString(first);
                break;
            default:
                SkipEncodedString(first);
                break;
        }
    }

    private void SkipLongString(byte first)
    {
        ulong length = first switch
        {
            0x80 => input.ReadUInt32BigEndian("a string"),
            0x81 => input.ReadUInt64BigEndian("a string"),
            _ => throw BackupFormatException.Damaged(input.Position - 1, $"length encoding {first:x2} is not known"),
        };
        input.Skip((long)length, "a string");
    }

    private void SkipEncodedString(byte first)
    {
        switch (first & 0x3F)
        {
            case 0:
                input.Skip(1, "a string");
                break;
            case 1:
                input.Skip(2, "a string");
                break;
            case 2:
                input.Skip(4, "a string");
                break;
            case 3:
                ulong compressed = ReadLength();
                ReadLength();
                input.Skip((long)compressed, "a compressed string");
                break;
            default:
                throw BackupFormatException.Damaged(input.Position - 1, $"string encoding {first & 0x3F} is not known");
        }
    }

    /// <summary>Reads a short text; null for one that is compressed or long.</summary>
    public string? ReadText()
    {
        byte first = input.Peek(1) is { Length: 1 } next ? next[0] : (byte)0;
        switch (first)
        {
            case 0xC0:
                input.Skip(1, Value);
                return ((sbyte)input.ReadByte(Value)).ToString(CultureInfo.InvariantCulture);
            case 0xC1:
                input.Skip(1, Value);
                return ((short)input.ReadUInt16(Value)).ToString(CultureInfo.InvariantCulture);
            case 0xC2:
                input.Skip(1, Value);
                return ((int)input.ReadUInt32(Value)).ToString(CultureInfo.InvariantCulture);
        }

        if (first >= 0x80)
        {
            SkipString();
            return null;
        }

        ulong length = ReadLength();
        if (length <= KeptText)
            return Encoding.UTF8.GetString(input.Read((int)length, "a string").ToArray());
        input.Skip((long)length, "a string");
        return null;
    }
}
