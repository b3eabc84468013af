using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Binary logs of MySQL and MariaDB (MariaDB Knowledge Base, "2-Binlog Event Header"; MySQL's <c>libbinlogevents</c>).
/// Since
/// 5.6, each event can have a CRC-32 of its own at its end.
/// </summary>
internal sealed class BinlogVerifier : FormatVerifier
{
    private const int HeaderSize = 19;
    private const int ChecksumSize = 4;
    private const byte Stop = 3;
    private const byte Rotate = 4;
    private const byte FormatDescription = 15;
    private const byte StartEncryption = 164;
    private const ushort InUse = 1;
    private const ushort RelayLog = 0x40;
    private const int ServerVersionSize = 50;

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Binlog;

    /// <inheritdoc/>
    public override string Name => "binlog";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && head[0] is 0xFE or 0xFD && head.Slice(1).StartsWith("bin"u8);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        if (input.Peek(1)[0] == 0xFD)
            throw BackupFormatException.Unsupported(0, "MySQL encrypted the binary log as a whole");
        input.Skip(4, "the header");
        var description = ReadFirstDescription(input, layer);
        layer.Checksum = description.HasChecksum ? ChecksumCoverage.Verified : ChecksumCoverage.None;
        long events = 1;
        while (!input.IsAtEnd)
        {
            ReadEvent(input, layer, description);
            events++;
        }

        layer.Details["Events"] = events;
        layer.Details["IsClosed"] = description.IsClosed;
        if (description.IsClosed && !description.IsInUse)
            return;
        if (description.IsClosed)
        {
            // No checksum covers the flag.
            layer.Detail = "the log says that it is in use, and its last event closes it";
            if (layer.Checksum == ChecksumCoverage.Verified)
                layer.Checksum = ChecksumCoverage.Partial;
            return;
        }

        // A cut between two events leaves no trace in a log that was not closed.
        layer.IsWhole = null;
        if (description.IsEncrypted)
            return;
        if (description.IsInUse)
        {
            layer.Detail = "the server was writing the log, and the end may have been cut between two events";
            return;
        }

        layer.State = BackupFileState.Unverifiable;
        // A server clears the flag when it closes a log, or after a crash; a client that copies events clears it, too.
        layer.Detail = "the log is not in use, and no event closes it: it was cut, copied during a write, or the "
            + "server crashed";
    }

    private static Description ReadFirstDescription(ByteReader input, BackupLayer layer)
    {
        long at = input.Position;
        var head = ReadHeader(input, at);
        if (head.Type != FormatDescription)
        {
            throw BackupFormatException.Unsupported(
                at, $"the first event is of type {head.Type}; binary logs before MySQL 5.0 begin like that");
        }

        var (bytes, version, hasChecksum) = ReadDescription(input, head, at);
        layer.Engine = (version.IndexOf("MariaDB", StringComparison.OrdinalIgnoreCase) >= 0 ? "MariaDB "
            + "" : "MySQL ") + version;
        layer.Version = BitConverter.ToUInt16(bytes, HeaderSize).ToString(CultureInfo.InvariantCulture);
        uint created = BitConverter.ToUInt32(bytes, HeaderSize + 2 + ServerVersionSize);
        layer.CreatedAt = created == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(created);
        bool isInUse = (head.Flags & InUse) != 0;
        if (isInUse)
            layer.Details["IsInUse"] = true;
        bool isRelay = (head.Flags & RelayLog) != 0;
        if (isRelay)
            layer.Details["IsRelayLog"] = true;
        else
            RequirePosition(input, head.NextPosition, at);
        return new Description { HasChecksum = hasChecksum, IsRelay = isRelay, IsInUse = isInUse };
    }

    private static (byte[] Bytes, string Version, bool HasChecksum) ReadDescription(
        ByteReader input, EventHeader head, long at)
    {
        if (head.Length < HeaderSize + 2 + ServerVersionSize + 4 + 1 || head.Length > ByteReader.LookAhead)
        {
            throw BackupFormatException.Damaged(
                at, $"the format description at {Numbers.Text(at)} has {Numbers.Text(head.Length)} bytes");
        }

        byte[] bytes = input.Read((int)head.Length, "the format description").ToArray();
        string version = TarHeader.ReadText(bytes.AsSpan(HeaderSize + 2, ServerVersionSize));
        bool canHaveChecksum = HasChecksumField(version);
        byte algorithm = canHaveChecksum ? bytes[bytes.Length - ChecksumSize - 1] : (byte)0;
        if (algorithm > 1)
        {
            throw BackupFormatException.Damaged(
                at, $"the format description at {Numbers.Text(at)} names checksum algorithm {algorithm}, which "
                + "does not exist");
        }

        if (canHaveChecksum)
        {
            // The server sets the flag of a log in use after it has written the checksum.
            bytes[17] &= 0xFE;
            uint computed = Crc32.Compute(bytes.AsSpan(0, bytes.Length - ChecksumSize));
            uint stated = BitConverter.ToUInt32(bytes, bytes.Length - ChecksumSize);
            Require(computed, stated, at, input.Position, FormatDescription);
        }

        return (bytes, version, algorithm == 1);
    }

    private static void ReadEvent(ByteReader input, BackupLayer layer, Description description)
    {
        long at = input.Position;
        if (description.IsEncrypted)
        {
            SkipEncrypted(input, at);
            return;
        }

        var head = ReadHeader(input, at);
        if (head.Type == FormatDescription)
        {
            // A relay log has that of the source behind its own, and the events behind it are as that one says.
            description.HasChecksum = ReadDescription(input, head, at).HasChecksum;
            description.IsClosed = false;
            if (!description.IsRelay)
                RequirePosition(input, head.NextPosition, at);
            if (!description.HasChecksum && layer.Checksum == ChecksumCoverage.Verified)
                layer.Checksum = ChecksumCoverage.Partial;
            if (description.HasChecksum && layer.Checksum == ChecksumCoverage.None)
                layer.Checksum = ChecksumCoverage.Partial;
            return;
        }

        int checksum = description.HasChecksum ? ChecksumSize : 0;
        description.Crc.Reset();
        if (description.HasChecksum)
            input.Watch(description.Watcher);
        try
        {
            input.Skip(head.Length - checksum, "an event");
        }
        catch (BackupFormatException e) when (e.State == BackupFileState.Truncated)
        {
            throw BackupFormatException.Truncated(
                at, $"the event of type {head.Type} has {Numbers.Text(head.Length)} bytes, begins at "
                + $"{Numbers.Text(at)}, and {Numbers.Text(input.Position - at)} bytes are there");
        }

        input.Watch(null);
        if (description.HasChecksum)
        {
            uint stated = input.ReadUInt32("the checksum of an event");
            Require(description.Crc.Value, stated, at, input.Position, head.Type);
        }

        // The events that a relay log copies have their places in the log of the source.
        description.IsClosed = head.Type is Stop or Rotate
            && (!description.IsRelay || head.NextPosition == (uint)input.Position);
        if (head.Type == StartEncryption)
        {
            description.IsEncrypted = true;
            layer.Checksum = ChecksumCoverage.NotChecked;
            layer.Detail = "MariaDB encrypted the events; only their lengths can be read";
        }
        else if (!description.IsRelay)
        {
            RequirePosition(input, head.NextPosition, at);
        }
    }

    // An encrypted event has its length unencrypted, in the place of the time (mariadb's log_event.cc).
    private static void SkipEncrypted(ByteReader input, long at)
    {
        var head = input.Peek(HeaderSize);
        uint length = head.Length < HeaderSize ? 0 : BitConverter.ToUInt32(head.Slice(9, 4).ToArray(), 0);
        if (head.Length < HeaderSize)
        {
            throw BackupFormatException.Truncated(
                at, $"the header of the event at {Numbers.Text(at)} has {Numbers.Text(head.Length)} of its 19 bytes");
        }

        if (length < HeaderSize)
        {
            throw BackupFormatException.Damaged(
                at, $"the event at {Numbers.Text(at)} has {Numbers.Text(length)} bytes, fewer than its header");
        }

        input.Skip(length, "an encrypted event");
    }

    private static EventHeader ReadHeader(ByteReader input, long at)
    {
        var head = input.Peek(HeaderSize);
        if (head.Length < HeaderSize)
        {
            throw BackupFormatException.Truncated(
                at, $"the header of the event at {Numbers.Text(at)} has {Numbers.Text(head.Length)} of its 19 bytes");
        }

        var header = new EventHeader(
            head[4], BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(9)),
            BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(13)),
            BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(17)));
        return header.Length >= HeaderSize
            ? header
            : throw BackupFormatException.Damaged(
                at, $"the event at {Numbers.Text(at)} has {Numbers.Text(header.Length)} bytes, fewer than its header");
    }

    private static void Require(uint computed, uint stated, long at, long end, byte type)
    {
        if (computed != stated)
        {
            throw BackupFormatException.DamagedPart(
                at, end, $"the CRC-32 of the event of type {type} at {Numbers.Text(at)} is {computed:x8}, and the "
                + $"event says {stated:x8}");
        }
    }

    // Events that the server made up have none.
    private static void RequirePosition(ByteReader input, uint next, long at)
    {
        if (next != 0 && next != (uint)input.Position)
        {
            throw BackupFormatException.Damaged(
                at, $"the event at {Numbers.Text(at)} ends at {Numbers.Text(input.Position)}, and says that the "
                + $"next one begins at {Numbers.Text(next)}");
        }
    }

    // MySQL 5.6.1 and MariaDB 5.3 brought the field.
    private static bool HasChecksumField(string version)
    {
        var numbers = new List<int>();
        foreach (string part in version.Split('.', '-'))
        {
            if (numbers.Count == 3 || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture,
                out int number))
                break;
            numbers.Add(number);
        }

        if (numbers.Count < 3)
            return true;
        bool isMaria = version.IndexOf("MariaDB", StringComparison.OrdinalIgnoreCase) >= 0;
        var first = isMaria ? new Version(5, 3, 0) : new Version(5, 6, 1);
        return new Version(numbers[0], numbers[1], numbers[2]) >= first;
    }

    private readonly record struct EventHeader(byte Type, uint Length, uint NextPosition, ushort Flags);

    private sealed class Description
    {
        public Description() => Watcher = Crc.Append;

        public Crc32 Crc { get; } = new();

        public BytesPassed Watcher { get; }

        public bool HasChecksum { get; set; }

        public bool IsRelay { get; init; }

        /// <summary>Whether the log says that a server is writing it.</summary>
        public bool IsInUse { get; init; }

        public bool IsEncrypted { get; set; }

        /// <summary>Whether the last event closes the log.</summary>
        public bool IsClosed { get; set; }
    }
}
