using System;
using System.Collections.Generic;
using System.Text;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Streams of Percona XtraBackup and mariabackup: <c>xbstream.h</c>, <c>xbstream_read.cc</c>. The CRC-32 of a chunk
/// covers its content and not its header; a stream has no end of its own. mariabackup writes what changed meanwhile
/// behind the members: it removes them, renames them, and writes them once more.
/// </summary>
internal sealed class XbstreamVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Xbstream;

    /// <inheritdoc/>
    public override string Name => "xbstream";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("XBSTCK01"u8);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test) => new Walker(input, layer).Run();

    private sealed class Walker(ByteReader input, BackupLayer layer)
    {
        private const int LongestPath = 512;
        private const byte IgnorableFlag = 1;
        private const byte RewriteFlag = 2;

        private readonly Dictionary<string, Member> _open = new(StringComparer.Ordinal);
        private readonly HashSet<ulong> _ended = [];
        private readonly Crc32 _crc = new();
        private readonly XbstreamInfo _info = new();
        private long _files;
        private bool _coversAll = true;

        public void Run()
        {
            while (!input.IsAtEnd)
                ReadChunk();
            layer.Details["Files"] = _files;
            layer.Checksum = _coversAll ? ChecksumCoverage.Verified : ChecksumCoverage.Partial;
            foreach (string name in _open.Keys)
            {
                throw BackupFormatException.Truncated(
                    input.Position, $"the member '{name}' has {Numbers.Text(_open[name].Length)} bytes and no end at "
                        + $"{Numbers.Text(input.Position)}");
            }

            _info.Judge(layer, input.Position);
        }

        private void ReadChunk()
        {
            long at = input.Position;
            if (!input.Read(8, "a chunk").SequenceEqual("XBSTCK01"u8))
            {
                throw BackupFormatException.Damaged(
                    at, $"a chunk begins with 'XBSTCK01', and other bytes are at {Numbers.Text(at)}");
            }

            byte flags = input.ReadByte("a chunk");
            byte type = input.ReadByte("a chunk");
            string path = ReadPath(at);
            if (type is (byte)'P' or (byte)'S' or (byte)'E' or (byte)'D' or (byte)'R'
                && flags != 0 && (type != 'P' || flags != RewriteFlag))
            {
                throw BackupFormatException.Damaged(
                    at, $"the chunk at {Numbers.Text(at)} has flags that do not exist, 0x{flags:x2}");
            }

            switch ((char)type)
            {
                case 'P':
                    BeginPayload(at, path, flags == RewriteFlag);
                    ReadPayload(at, path, mapSize: 0);
                    break;
                case 'S':
                    ReadSparseOrSeek(at, path);
                    break;
                case 'E':
                    RequireNew(path, at);
                    _files++;
                    // The name of a member without content stands only here, and its last place in a chunk without
                    // a checksum.
                    _coversAll &= _open.TryGetValue(path, out var ended) && !ended.HasSeek;
                    _open.Remove(path);
                    _ended.Add(Hash(path));
                    _info.Note(path);
                    break;
                case 'D':
                    _coversAll = false;
                    _files -= _ended.Remove(Hash(path)) ? 1 : 0;
                    break;
                case 'R':
                    Rename(at, path);
                    break;
                case var other when (flags & IgnorableFlag) == 0:
                    throw BackupFormatException.Damaged(
                        at, $"the chunk at {Numbers.Text(at)} is of a type that does not exist, 0x{(int)other:x2}");
                default:
                    // xbstream itself passes over a chunk that says that this can be done.
                    SkipIgnorable(at);
                    break;
            }
        }

        private string ReadPath(long at)
        {
            uint length = input.ReadUInt32("a chunk");
            if (length is 0 or > LongestPath)
            {
                throw BackupFormatException.Damaged(
                    at, $"the chunk at {Numbers.Text(at)} has a path of {Numbers.Text(length)} bytes");
            }

            return Encoding.UTF8.GetString(input.Read((int)length, "a chunk").ToArray());
        }

        private void Rename(long at, string path)
        {
            string name = ReadPath(at);
            _coversAll = false;
            if (_ended.Remove(Hash(path)))
                _ended.Add(Hash(name));
        }

        // In a stream of MariaDB, a chunk has the place from which its member goes on, and ends there; in one of
        // Percona, the map of a sparse chunk follows.
        private void ReadSparseOrSeek(long at, string path)
        {
            RequireNew(path, at);
            var head = input.Peek(16);
            if (head.Length == 8 || (head.Length == 16 && head.Slice(8).SequenceEqual("XBSTCK01"u8)))
                Seek(path);
            else
                ReadPayload(at, path, input.ReadUInt32("a chunk"));
        }

        // Only the offset of the next chunk shows that the place is right.
        private void Seek(string path)
        {
            var member = Find(path);
            _coversAll &= !member.HasSeek;
            long place = (long)Math.Min(input.ReadUInt64("a chunk"), long.MaxValue);
            _open[path] = member with { Length = place, HasSeek = true };
        }

        private Member Find(string path) => _open.TryGetValue(path, out var member) ? member : default;

        private void BeginPayload(long at, string path, bool isRewritten)
        {
            if (_open.TryGetValue(path, out var member))
            {
                if (member.IsRewritten != isRewritten)
                {
                    throw BackupFormatException.Damaged(
                        at, $"the chunk of '{path}' at {Numbers.Text(at)} has other flags than the first one");
                }

                return;
            }

            _open[path] = new Member(0, isRewritten);
            if (isRewritten && _ended.Remove(Hash(path)))
            {
                _files--;
                if (XbstreamInfo.IsIn(path))
                    _info.Clear();
                return;
            }

            // Nothing depends on the flag of a member that is new.
            _coversAll &= !isRewritten;
            RequireNew(path, at);
        }

        private void ReadPayload(long at, string path, uint mapSize)
        {
            ulong length = input.ReadUInt64("a chunk");
            ulong offset = input.ReadUInt64("a chunk");
            uint stated = input.ReadUInt32("a chunk");
            long expected = Find(path).Length;
            if (offset != (ulong)expected)
            {
                throw BackupFormatException.Damaged(
                    at, $"the chunk of '{path}' at {Numbers.Text(at)} is for offset {offset}, and "
                    + $"{Numbers.Text(expected)} bytes came before it");
            }

            long total = (long)Math.Min(length + (8UL * mapSize), long.MaxValue);
            long advance = (long)length;
            _crc.Reset();
            bool isInfo = XbstreamInfo.IsIn(path);
            input.Watch(bytes =>
            {
                _crc.Append(bytes);
                if (isInfo)
                    _info.Append(bytes);
            });
            long from = input.Position;
            try
            {
                if (mapSize > 0)
                    advance = ReadMap(mapSize, advance);
                input.Skip((long)length, $"the chunk of '{path}'");
            }
            catch (BackupFormatException e) when (e.State == BackupFileState.Truncated)
            {
                throw BackupFormatException.Truncated(
                    at, $"the chunk of the member '{path}' has {Numbers.Text(total)} bytes, begins at "
                    + $"{Numbers.Text(from)}, and {Numbers.Text(input.Position - from)} bytes are there");
            }

            input.Watch(null);
            if (_crc.Value != stated)
            {
                throw BackupFormatException.DamagedPart(
                    at, input.Position,
                    $"the CRC-32 of the chunk of '{path}' at {Numbers.Text(at)} is {_crc.Value:x8}, and the "
                    + $"chunk says {stated:x8}");
            }

            _open[path] = Find(path) with { Length = expected + advance, HasSeek = false };
        }

        // It has the fields of a chunk of data.
        private void SkipIgnorable(long at)
        {
            ulong length = input.ReadUInt64("a chunk");
            input.Skip(8, "a chunk");
            uint stated = input.ReadUInt32("a chunk");
            _crc.Reset();
            input.Watch(_crc.Append);
            input.Skip((long)length, "a chunk that can be ignored");
            input.Watch(null);
            if (_crc.Value != stated)
            {
                throw BackupFormatException.DamagedPart(
                    at, input.Position, $"the CRC-32 of the chunk at {Numbers.Text(at)} is {_crc.Value:x8}, and "
                        + $"the chunk says {stated:x8}");
            }
        }

        // Pairs of a hole and a length of data; offsets count both.
        private long ReadMap(uint count, long length)
        {
            long advance = length;
            for (uint i = 0; i < count; i++)
            {
                advance += input.ReadUInt32("the map of a sparse chunk");
                input.Skip(4, "the map of a sparse chunk");
            }

            return advance;
        }

        private void RequireNew(string path, long at)
        {
            if (_ended.Contains(Hash(path)))
            {
                throw BackupFormatException.Damaged(
                    at, $"the member '{path}' has ended, and comes once more at {Numbers.Text(at)}");
            }
        }

        // Eight bytes a name: a server can have hundreds of thousands of tables.
        private static ulong Hash(string path) => XxHash64.Compute(Encoding.UTF8.GetBytes(path));

        private readonly record struct Member(long Length, bool IsRewritten, bool HasSeek = false);
    }
}
