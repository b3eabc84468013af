using System;
using System.Globalization;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Snapshots of Redis and Valkey: <c>rdb.h</c>, <c>rdb.c</c> and <c>redis-check-rdb.c</c> of both. The CRC-64 alone
/// does not
/// find the end, because it is 0 behind its own footer and stays so over zeros; hence the walk.
/// </summary>
internal sealed class RdbVerifier : FormatVerifier
{
    private const int MagicLength = 9;
    private const int FirstVersionWithChecksum = 5;
    private const int NewestRedis = 16;

    // The last version of Redis whose types are all known.
    private const int NewestKnownTypes = 12;
    private const int OldestValkey = 80;
    private const int NewestValkey = 81;
    private const int EofMarkLength = 40;
    private const string DisklessPrefix = "$EOF:";

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Rdb;

    /// <inheritdoc/>
    public override string Name => "RDB";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("$EOF:"u8) && head.Length > DisklessPrefix.Length + EofMarkLength + 2)
            head = head.Slice(DisklessPrefix.Length + EofMarkLength + 2);
        return TryReadVersion(head, out _, out _) || head.StartsWith("VKCS\u0001"u8);
    }

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        if (input.Peek(4).SequenceEqual("VKCS"u8))
        {
            throw BackupFormatException.Unsupported(
                0, "the RDB is compressed as a whole, which Valkey does since its unstable branch");
        }

        if (input.Peek(DisklessPrefix.Length).SequenceEqual("$EOF:"u8))
            input.Skip(DisklessPrefix.Length + EofMarkLength + 2, "the mark of a replication without a disk");
        VerifyBody(input, layer);
        bool hasMark = IsEofMark(input.Peek(EofMarkLength + 1));
        if (!hasMark && IsAofBehind(input, layer))
        {
            layer.Kind = BackupFormat.Aof;
            layer.Format = "AOF";
            AofVerifier.VerifyCommands(input, layer);
        }
        else if (hasMark)
        {
            // redis-cli --rdb of old versions keeps the mark by which a replication without a disk ends.
            layer.Fail(
                BackupFileState.TrailingData, input.Position,
                $"trailing data: the RDB ends at {Numbers.Text(input.Position)}, and the mark of a replication "
                    + "follows, which redis-cli --rdb left there");
        }
        else
        {
            RefuseTrailingData(input, layer);
        }
    }

    /// <summary>Verifies an RDB to its end, which need not be that of the input.</summary>
    /// <param name="input">The reader, at the beginning of the RDB.</param>
    /// <param name="layer">Takes what was found.</param>
    public static void VerifyBody(ByteReader input, BackupLayer layer)
    {
        TryReadVersion(input.Peek(MagicLength), out int version, out bool isValkey);
        // A newer version may have changed the structure of a type, so that the walk misses the end of the first file.
        var crc = new RdbChecksum { IsSearching = version > (isValkey ? OldestValkey : NewestKnownTypes) };
        input.Watch(crc.Append);
        long start = input.Position;
        input.Skip(MagicLength, "the header");
        layer.Version = version.ToString(CultureInfo.InvariantCulture);
        var walker = new RdbWalker(input, isValkey, layer);
        try
        {
            walker.Run();
        }
        catch (BackupFormatException e)
        {
            byte? newerType = isValkey || version > NewestKnownTypes || walker.NewerType == RdbWalker.KeyDbCron
                ? walker.NewerType : null;
            JudgeByTheWhole(input, layer, (version, isValkey), crc, start, newerType, e);
            return;
        }

        if (version < FirstVersionWithChecksum)
            layer.Checksum = ChecksumCoverage.None;
        else if (!IsRightAtTheFooter(input, layer, (version, isValkey), crc, start))
            return;
        input.Watch(null);
        RequireKnown(version, isValkey);
        layer.Details["Keys"] = walker.Keys;
        layer.Details["Databases"] = walker.Databases;
    }

    // False where the whole was judged instead: the end that was found may be one of bytes within a value that is not
    // known.
    private static bool IsRightAtTheFooter(
        ByteReader input, BackupLayer layer, (int Number, bool IsValkey) version, RdbChecksum crc, long start)
    {
        input.ShowPassed();
        ulong expected = crc.Value;
        long at = input.Position;
        ulong stated = input.ReadUInt64("the footer");
        layer.Checksum = stated == 0 ? ChecksumCoverage.Disabled : ChecksumCoverage.Verified;
        if (stated != 0 && stated != expected)
        {
            var problem = BackupFormatException.Damaged(
                at, $"the CRC-64 of the {Numbers.Text(at - start)} bytes before the footer is "
                + $"{expected:x16}, and the footer says {stated:x16}");
            JudgeByTheWhole(input, layer, version, crc, start, newerType: null, problem);
            return false;
        }

        if (stated != 0 || input.IsAtEnd || IsEofMark(input.Peek(EofMarkLength + 1)) || IsAofBehind(input, layer))
            return true;
        long end = input.Position;
        long behind = input.SkipToEnd();
        input.Watch(null);
        RequireKnown(version.Number, version.IsValkey);
        if (crc.Value == 0 && crc.EndsLikeAnRdb)
        {
            layer.Checksum = ChecksumCoverage.Verified;
            layer.Detail = $"the checksum is right; the structure is not known (an end at {Numbers.Text(end)} is not "
                + "the last one)";
            return false;
        }

        FailTrailing(layer, "RDB", end, behind);
        return true;
    }

    // redis-check-aof, too, takes an RDB with commands behind it for an AOF with a preamble.
    private static bool IsAofBehind(ByteReader input, BackupLayer layer) =>
        !input.IsAtEnd && (layer.Details.ContainsKey("IsAofBase") || input.Peek(1)[0] is (byte)'*' or (byte)'#');

    // An unknown opcode or type hides the structure; the checksum still covers all of it.
    private static void JudgeByTheWhole(
        ByteReader input, BackupLayer layer, (int Number, bool IsValkey) version, RdbChecksum crc, long start,
        byte? newerType, BackupFormatException problem)
    {
        crc.IsSearching = true;
        input.SkipToEnd();
        input.Watch(null);
        ulong value = crc.Value;
        bool hasChecksum = version.Number >= FirstVersionWithChecksum;
        bool endsLikeAnRdb = hasChecksum && crc.EndsLikeAnRdb;
        if (hasChecksum && crc.FirstLength is { } length)
        {
            layer.Checksum = ChecksumCoverage.Verified;
            layer.Fail(
                BackupFileState.TrailingData, start + length,
                $"trailing data: the RDB ends at {Numbers.Text(start + length)}, and "
                    + $"{Numbers.Count(input.Position - start - length, "byte")} follow, which begin another one");
            return;
        }

        if (endsLikeAnRdb && value == 0)
        {
            RequireKnown(version.Number, version.IsValkey);
            layer.Checksum = ChecksumCoverage.Verified;
            layer.Detail = $"the checksum is right; the structure is not known ({problem.Message})";
            return;
        }

        bool isAofBase = layer.Details.ContainsKey("IsAofBase");
        if (hasChecksum && !isAofBase && crc.CountBehind() is { } behind)
        {
            RequireKnown(version.Number, version.IsValkey);
            layer.Checksum = ChecksumCoverage.Verified;
            FailTrailing(layer, "RDB", input.Position - behind, behind);
            return;
        }

        if (newerType is { } type && hasChecksum)
        {
            bool isKeyDb = type == RdbWalker.KeyDbCron && !version.IsValkey && version.Number <= NewestKnownTypes;
            string newer = $"type {type} at {Numbers.Text(problem.Offset)} is "
                + (isKeyDb ? "a task of KeyDB" : "of a later version");
            if (!endsLikeAnRdb && isAofBase)
            {
                throw BackupFormatException.Unsupported(
                    problem.Offset, $"{newer}, which hides where the RDB ends and the commands of the AOF begin");
            }

            if (!endsLikeAnRdb)
            {
                throw BackupFormatException.Truncated(
                    input.Position, $"the file does not end with the end opcode of an RDB and its footer; {newer}");
            }

            if (crc.IsDisabled)
                throw BackupFormatException.Unsupported(problem.Offset, $"{newer}, and the file has no checksum");
            throw BackupFormatException.Damaged(
                problem.Offset, $"the CRC-64 of all bytes is not the one that the footer says, and {newer}");
        }

        if (problem.State != BackupFileState.Truncated || !endsLikeAnRdb)
            throw problem;
        // The end is there, and a length before it leads past it.
        throw BackupFormatException.Damaged(
            problem.Offset, $"the file has an end, and this leads past it: {problem.Message}");
    }

    private static void RequireKnown(int version, bool isValkey)
    {
        if (isValkey ? version is < OldestValkey or > NewestValkey : version > NewestRedis)
            throw BackupFormatException.Unsupported(0, $"RDB version {version} is not known");
    }

    private static bool TryReadVersion(ReadOnlySpan<byte> head, out int version, out bool isValkey)
    {
        version = 0;
        isValkey = head.StartsWith("VALKEY"u8);
        if (head.Length < MagicLength || (!isValkey && !head.StartsWith("REDIS"u8)))
            return false;
        foreach (byte digit in head.Slice(isValkey ? 6 : 5, isValkey ? 3 : 4))
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            version = (10 * version) + digit - '0';
        }

        return version > 0;
    }

    private static bool IsEofMark(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != EofMarkLength)
            return false;
        foreach (byte value in bytes)
        {
            if (value is not (>= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f'))
                return false;
        }

        return true;
    }
}
