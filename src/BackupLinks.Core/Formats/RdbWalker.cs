using System;
using System.Collections.Generic;
using System.Globalization;

namespace BackupLinks.Formats;

/// <summary>Walks the opcodes of an RDB to its end; reads lengths, and decompresses nothing.</summary>
internal sealed class RdbWalker(ByteReader input, bool isValkey, BackupLayer layer)
{
    /// <summary>The opcode of the end.</summary>
    public const byte Eof = 255;

    /// <summary>The type of a task of KeyDB (<c>rdb.h</c> there), which no version of the RDB announces.</summary>
    public const byte KeyDbCron = 64;

    private const string Value = "a value";
    private const byte ExpiryInMilliseconds = 252;
    private const byte NewestType = 25;
    private const byte NewestValkeyType = 22;
    private const byte OldestValkeyOpcode = 243;

    // Many more than a server has, and few enough to remember.
    private const int MostDatabases = 64 * 1024;

    // A bit for each type whose value is one string: 0, 9 to 13, 16, 17 and 20.
    private const int StringTypes = 0b1_0011_0011_1110_0000_0001;

    private readonly RdbReader _reader = new(input);
    private readonly HashSet<ulong> _databases = [];

    /// <summary>How many keys there are.</summary>
    public long Keys { get; private set; }

    /// <summary>How many databases have any.</summary>
    public int Databases => _databases.Count;

    /// <summary>The type of a value that is later than all known ones; null when there is none.</summary>
    public byte? NewerType { get; private set; }

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
                    ulong database = _reader.ReadLength();
                    if (_databases.Count < MostDatabases)
                        _databases.Add(database);
                    break;
                case 253:
                    input.Skip(4, "an expiry");
                    break;
                case ExpiryInMilliseconds:
                    input.Skip(8, "an expiry");
                    break;
                case 251:
                    _reader.SkipLengths(2);
                    break;
                case 250:
                    ReadProperty();
                    break;
                case 249:
                    input.Skip(1, "a frequency");
                    break;
                case 248:
                    _reader.SkipLengths(1);
                    break;
                case 247:
                    _reader.SkipLengths(3);
                    SkipModuleValue();
                    break;
                case 246:
                    throw BackupFormatException.Unsupported(at, "functions of a release candidate of Redis 7.0");
                case 245:
                    _reader.SkipString();
                    break;
                case 244:
                    _reader.SkipLengths(3);
                    break;
                case 243 when isValkey:
                    SkipSlotImport();
                    break;
                case 243:
                    SkipKeyMetadata();
                    break;
                default:
                    RequireKnown(opcode, at);
                    _reader.SkipString();
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
        string? name = _reader.ReadText();
        string? value = _reader.ReadText();
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

    // Valkey's types and opcodes are its own from 22 to 243 (rdb.h): 23 is a hash of paths there, and 242 a command.
    private void RequireKnown(byte type, long at)
    {
        if (type is <= 7 or (>= 9 and <= NewestValkeyType) || (type <= NewestType && type != 8 && !isValkey))
            return;
        bool isNewer = type == KeyDbCron || (isValkey ? type is > NewestValkeyType and < OldestValkeyOpcode
            : type is > NewestType and < 128);
        NewerType = isNewer ? type : null;
        throw BackupFormatException.Damaged(at, $"opcode or type {type} at {Text.Numbers.Text(at)} is not known");
    }

    private void SkipValue(byte type, long at)
    {
        switch (type)
        {
            case 0 or 9 or 10 or 11 or 12 or 13 or 16 or 17 or 20 or 23:
                _reader.SkipString();
                break;
            case 1 or 2 or 14:
                _reader.SkipStrings(_reader.ReadLength());
                break;
            case 3:
                SkipOldSortedSet();
                break;
            case 4:
                _reader.SkipStrings(Twice(_reader.ReadLength(), at));
                break;
            case 5:
                for (ulong i = _reader.ReadLength(); i > 0; i--)
                {
                    _reader.SkipString();
                    input.Skip(8, "a score");
                }

                break;
            case 6:
                throw BackupFormatException.Unsupported(at, "a module value of a version before Redis 4.0");
            case 7:
                _reader.SkipLengths(1);
                SkipModuleValue();
                break;
            case 15 or 19 or 21:
                SkipStream(type);
                break;
            case 18:
                for (ulong i = _reader.ReadLength(); i > 0; i--)
                {
                    _reader.SkipLengths(1);
                    _reader.SkipString();
                }

                break;
            case 22 when isValkey:
                for (ulong i = _reader.ReadLength(); i > 0; i--)
                {
                    _reader.SkipStrings(2);
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
                _reader.SkipString();
                break;
        }
    }

    private void SkipOldSortedSet()
    {
        for (ulong i = _reader.ReadLength(); i > 0; i--)
        {
            _reader.SkipString();
            byte length = input.ReadByte("a score");
            // The greatest ones are not a number and the infinities.
            if (length < 253)
                input.Skip(length, "a score");
        }
    }

    private void SkipHashWithExpiry()
    {
        for (ulong i = _reader.ReadLength(); i > 0; i--)
        {
            _reader.SkipLengths(1);
            _reader.SkipStrings(2);
        }
    }

    private void SkipStream(byte type)
    {
        _reader.SkipStrings(Twice(_reader.ReadLength(), input.Position));
        _reader.SkipLengths(type == 15 ? 3 : 8);
        for (ulong groups = _reader.ReadLength(); groups > 0; groups--)
        {
            _reader.SkipString();
            _reader.SkipLengths(type == 15 ? 2 : 3);
            for (ulong pending = _reader.ReadLength(); pending > 0; pending--)
            {
                input.Skip(16 + 8, "a pending entry");
                _reader.SkipLengths(1);
            }

            for (ulong consumers = _reader.ReadLength(); consumers > 0; consumers--)
            {
                _reader.SkipString();
                input.Skip(type == 21 ? 16 : 8, "a consumer");
                ulong entries = _reader.ReadLength();
                input.Skip(entries > long.MaxValue / 16 ? long.MaxValue : 16 * (long)entries, "the entries of a "
                    + "consumer");
            }
        }
    }

    private void SkipSlotImport()
    {
        _reader.SkipString();
        for (ulong ranges = _reader.ReadLength(); ranges > 0; ranges--)
            _reader.SkipLengths(2);
    }

    private void SkipKeyMetadata()
    {
        for (ulong classes = _reader.ReadLength(); classes > 0; classes--)
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
            switch (_reader.ReadLength())
            {
                case 0:
                    return;
                case 1 or 2:
                    _reader.SkipLengths(1);
                    break;
                case 3:
                    input.Skip(4, Value);
                    break;
                case 4:
                    input.Skip(8, Value);
                    break;
                case 5:
                    _reader.SkipString();
                    break;
                case var other:
                    throw BackupFormatException.Damaged(at, $"opcode {other} in a module value is not known");
            }
        }
    }

    private static ulong Twice(ulong count, long at) =>
        count <= ulong.MaxValue / 2 ? 2 * count : throw BackupFormatException.Damaged(
            at, $"a value has {count} entries");
}
