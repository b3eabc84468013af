using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BackupLinks.Formats;

/// <summary>Walks the opcodes of an RDB to its end; reads lengths, and decompresses nothing.</summary>
internal sealed class RdbWalker(ByteReader input, bool isValkey, BackupLayer layer)
{
    /// <summary>The opcode of the end.</summary>
    public const byte Eof = 255;

    private const int KeptText = 256;
    private const string Value = "a value";
    private const string Length = "a length";
    private const byte ExpiryInMilliseconds = 252;

    // A bit for each type whose value is one string: 0, 9 to 13, 16, 17 and 20.
    private const int StringTypes = 0b1_0011_0011_1110_0000_0001;

    private readonly HashSet<ulong> _databases = [];

    /// <summary>How many keys there are.</summary>
    public long Keys { get; private set; }

    /// <summary>How many databases have any.</summary>
    public int Databases => _databases.Count;

    /// <summary>Reads from behind the header to the end opcode.</summary>
    /// <exception cref="BackupFormatException">The structure is cut, damaged or not known.</exception>
    public void Run()
    {
        while (true)
        {
            SkipStringKeys();
            long at = input.Position;
            byte opcode = input.ReadByte("an opcode");
            switch (opcode)
            {
                case Eof:
                    return;
                case 254:
                    _databases.Add(ReadLength());
                    break;
                case 253:
                    input.Skip(4, "an expiry");
                    break;
                case ExpiryInMilliseconds:
                    input.Skip(8, "an expiry");
                    break;
                case 251:
                    SkipLengths(2);
                    break;
                case 250:
                    ReadProperty();
                    break;
                case 249:
                    input.Skip(1, "a frequency");
                    break;
                case 248:
                    SkipLengths(1);
                    break;
                case 247:
                    SkipLengths(3);
                    SkipModuleValue();
                    break;
                case 246:
                    throw BackupFormatException.Unsupported(at, "functions of a release candidate of Redis 7.0");
                case 245:
                    SkipString();
                    break;
                case 244:
                    SkipLengths(3);
                    break;
                case 243 when isValkey:
                    SkipSlotImport();
                    break;
                case 243:
                    SkipKeyMetadata();
                    break;
                default:
                    SkipString();
                    SkipValue(opcode, at);
                    Keys++;
                    break;
            }
        }
    }

    // Most keys have a string, or are packed into one. As far as the window has them, they are skipped without a call
    // for each byte.
    private void SkipStringKeys()
    {
        var window = input.Window;
        int done = 0;
        long keys = 0;
        for (int at = 0; at < window.Length - 8;)
        {
            int type = window[at];
            if (type == ExpiryInMilliseconds)
            {
                at += 1 + 8;
                continue;
            }

            if (type > 20 || ((StringTypes >> type) & 1) == 0)
                break;
            at = RdbString.FindEnd(window, at + 1);
            if (at < 0 || (at = RdbString.FindEnd(window, at)) < 0)
                break;
            done = at;
            keys++;
        }

        input.Advance(done);
        Keys += keys;
    }

    private void ReadProperty()
    {
        string? name = ReadText();
        string? value = ReadText();
        if (name is null || value is null)
            return;
        switch (name)
        {
            case "redis-ver":
                layer.Engine = "Redis " + value;
                break;
            case "valkey-ver":
                layer.Engine = "Valkey " + value;
                break;
            case "ctime" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
                && seconds < uint.MaxValue:
                layer.CreatedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
                break;
            case "aof-base" or "aof-preamble" when value == "1":
                layer.Details["IsAofBase"] = true;
                break;
        }
    }

    private void SkipValue(byte type, long at)
    {
        switch (type)
        {
            case 0 or 9 or 10 or 11 or 12 or 13 or 16 or 17 or 20 or 23:
                SkipString();
                break;
            case 1 or 2 or 14:
                SkipStrings(ReadLength());
                break;
            case 3:
                SkipOldSortedSet();
                break;
            case 4:
                SkipStrings(Twice(ReadLength(), at));
                break;
            case 5:
                for (ulong i = ReadLength(); i > 0; i--)
                {
                    SkipString();
                    input.Skip(8, "a score");
                }

                break;
            case 6:
                throw BackupFormatException.Unsupported(at, "a module value of a version before Redis 4.0");
            case 7:
                SkipLengths(1);
                SkipModuleValue();
                break;
            case 15 or 19 or 21:
                SkipStream(type);
                break;
            case 18:
                for (ulong i = ReadLength(); i > 0; i--)
                {
                    SkipLengths(1);
                    SkipString();
                }

                break;
            case 22 when isValkey:
                for (ulong i = ReadLength(); i > 0; i--)
                {
                    SkipStrings(2);
                    input.Skip(8, "an expiry");
                }

                break;
            case 22:
                SkipHashWithExpiry();
                break;
            case 24:
                input.Skip(8, "an expiry");
                SkipHashWithExpiry();
                break;
            case 25:
                input.Skip(8, "an expiry");
                SkipString();
                break;
            default:
                throw BackupFormatException.Damaged(
                    at, $"opcode or type {type} at {Text.Numbers.Text(at)} is not known");
        }
    }

    private void SkipOldSortedSet()
    {
        for (ulong i = ReadLength(); i > 0; i--)
        {
            SkipString();
            byte length = input.ReadByte("a score");
            // The greatest ones are not a number and the infinities.
            if (length < 253)
                input.Skip(length, "a score");
        }
    }

    private void SkipHashWithExpiry()
    {
        for (ulong i = ReadLength(); i > 0; i--)
        {
            SkipLengths(1);
            SkipStrings(2);
        }
    }

    private void SkipStream(byte type)
    {
        SkipStrings(Twice(ReadLength(), input.Position));
        SkipLengths(type == 15 ? 3 : 8);
        for (ulong groups = ReadLength(); groups > 0; groups--)
        {
            SkipString();
            SkipLengths(type == 15 ? 2 : 3);
            for (ulong pending = ReadLength(); pending > 0; pending--)
            {
                input.Skip(16 + 8, "a pending entry");
                SkipLengths(1);
            }

            for (ulong consumers = ReadLength(); consumers > 0; consumers--)
            {
                SkipString();
                input.Skip(type == 21 ? 16 : 8, "a consumer");
                ulong entries = ReadLength();
                input.Skip(entries > long.MaxValue / 16 ? long.MaxValue : 16 * (long)entries, "the entries of a "
                    + "consumer");
            }
        }
    }

    private void SkipSlotImport()
    {
        SkipString();
        for (ulong ranges = ReadLength(); ranges > 0; ranges--)
            SkipLengths(2);
    }

    private void SkipKeyMetadata()
    {
        for (ulong classes = ReadLength(); classes > 0; classes--)
        {
            input.Skip(4, "the metadata of a key");
            SkipModuleValue();
        }
    }

    // Module values say of each part what it is, so that those who do not have the module can skip them.
    private void SkipModuleValue()
    {
        while (true)
        {
            long at = input.Position;
            switch (ReadLength())
            {
                case 0:
                    return;
                case 1 or 2:
                    SkipLengths(1);
                    break;
                case 3:
                    input.Skip(4, Value);
                    break;
                case 4:
                    input.Skip(8, Value);
                    break;
                case 5:
                    SkipString();
                    break;
                case var other:
                    throw BackupFormatException.Damaged(at, $"opcode {other} in a module value is not known");
            }
        }
    }

    private void SkipLengths(int count)
    {
        for (; count > 0; count--)
            ReadLength();
    }

    private void SkipStrings(ulong count)
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

    private static ulong Twice(ulong count, long at) =>
        count <= ulong.MaxValue / 2 ? 2 * count : throw BackupFormatException.Damaged(
            at, $"a value has {count} entries");

    private ulong ReadLength()
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

    private void SkipString()
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

    // Null for a text that is compressed or long.
    private string? ReadText()
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
