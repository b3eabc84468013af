using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Streams of Percona XtraBackup and mariabackup: <c>xbstream.h</c>, <c>xbstream_read.cc</c>. The CRC-32 of a chunk
/// covers its
/// content and not its header; a stream has no end of its own.
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
        private const int LongestInfo = 64 * 1024;
        private const byte IgnorableFlag = 1;

        private static readonly string[] InfoNames = ["xtrabackup_info", "mariadb_backup_info"];

        // The files that only a backup has, so that the information about it must follow.
        private static readonly string[] BackupNames = ["backup-my.cnf", "ibdata1", "xtrabackup_logfile",
            "ib_logfile0", "xtrabackup_checkpoints"];

        private readonly Dictionary<string, long> _open = new(StringComparer.Ordinal);
        private readonly HashSet<ulong> _ended = [];
        private readonly Crc32 _crc = new();
        private readonly List<byte> _info = [];
        private string? _infoName;
        private bool _isBackup;
        private long _files;

        public void Run()
        {
            while (!input.IsAtEnd)
                ReadChunk();
            layer.Details["Files"] = _files;
            layer.Checksum = ChecksumCoverage.Verified;
            foreach (string name in _open.Keys)
            {
                throw BackupFormatException.Truncated(
                    input.Position, $"the member '{name}' has {Numbers.Text(_open[name])} bytes and no end at "
                        + $"{Numbers.Text(input.Position)}");
            }

            if (_infoName is not null)
                ReadInfo();
            else if (_isBackup)
                throw BackupFormatException.Truncated(
                    input.Position, "xtrabackup_info, which comes last in a backup, is not there at "
                    + $"{Numbers.Text(input.Position)}");
            else
                (layer.IsWhole, layer.Detail) = (null, "there is no xtrabackup_info, which comes last in a "
                    + "backup; a cut between two members cannot be told");
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
            uint pathLength = input.ReadUInt32("a chunk");
            if (pathLength is 0 or > LongestPath)
            {
                throw BackupFormatException.Damaged(
                    at, $"the chunk at {Numbers.Text(at)} has a path of {Numbers.Text(pathLength)} bytes");
            }

            string path = Encoding.UTF8.GetString(input.Read((int)pathLength, "a chunk").ToArray());
            switch ((char)type)
            {
                case 'P' or 'S':
                    ReadPayload(at, path, type == 'S');
                    break;
                case 'E':
                    RequireNew(path, at);
                    _files++;
                    _open.Remove(path);
                    _ended.Add(Hash(path));
                    Note(path);
                    break;
                case var other when (flags & IgnorableFlag) == 0:
                    throw BackupFormatException.Damaged(
                        at, $"the chunk at {Numbers.Text(at)} is of a type that does not exist, 0x{(int)other:x2}");
                default:
                    // xbstream itself passes over a chunk that says that this can be done.
                    SkipIgnorable();
                    break;
            }
        }

        private void ReadPayload(long at, string path, bool isSparse)
        {
            uint mapSize = isSparse ? input.ReadUInt32("a chunk") : 0;
            ulong length = input.ReadUInt64("a chunk");
            ulong offset = input.ReadUInt64("a chunk");
            uint stated = input.ReadUInt32("a chunk");
            RequireNew(path, at);
            _open.TryGetValue(path, out long expected);
            if (offset != (ulong)expected)
            {
                throw BackupFormatException.Damaged(
                    at, $"the chunk of '{path}' at {Numbers.Text(at)} is for offset {offset}, and "
                    + $"{Numbers.Text(expected)} bytes came before it");
            }

            long total = (long)Math.Min(length + (8UL * mapSize), long.MaxValue);
            long advance = (long)length;
            _crc.Reset();
            bool isInfo = IsInfo(path);
            input.Watch(bytes =>
            {
                _crc.Append(bytes);
                if (isInfo && _info.Count + bytes.Length <= LongestInfo)
                    _info.AddRange(bytes.ToArray());
            });
            long from = input.Position;
            try
            {
                if (isSparse)
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

            _open[path] = expected + advance;
        }

        // It has the fields of a chunk of data.
        private void SkipIgnorable()
        {
            ulong length = input.ReadUInt64("a chunk");
            input.Skip(8, "a chunk");
            uint stated = input.ReadUInt32("a chunk");
            long from = input.Position;
            _crc.Reset();
            input.Watch(_crc.Append);
            input.Skip((long)length, "a chunk that can be ignored");
            input.Watch(null);
            if (_crc.Value != stated)
            {
                throw BackupFormatException.DamagedPart(
                    from, input.Position, $"the CRC-32 of the chunk at {Numbers.Text(from)} is {_crc.Value:x8}, and "
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

        private void Note(string path)
        {
            string name = path.Substring(path.LastIndexOf('/') + 1);
            if (IsInfo(path))
                _infoName = name;
            _isBackup |= path.Contains(".ibd")
                || Array.Exists(BackupNames, own => name.StartsWith(own, StringComparison.Ordinal));
        }

        private static bool IsInfo(string path) => Array.Exists(
            InfoNames, own => path.StartsWith(own, StringComparison.Ordinal) && (path.Length == own.Length
                || path[own.Length] == '.'));

        private void ReadInfo()
        {
            layer.IsWhole = true;
            if (InfoText() is not { } text)
                return;
            string? tool = null;
            foreach (string line in text.Split('\n'))
            {
                int at = line.IndexOf(" = ", StringComparison.Ordinal);
                if (at < 0)
                    continue;
                string value = line.Substring(at + 3).Trim();
                switch (line.Substring(0, at).Trim())
                {
                    case "server_version":
                        layer.Engine = (value.IndexOf("MariaDB", StringComparison.OrdinalIgnoreCase) >= 0
                            ? "MariaDB " : "MySQL ") + value;
                        break;
                    case "tool_version":
                        tool = value;
                        break;
                    case "end_time" when DateTime.TryParse(value, CultureInfo.InvariantCulture,
                        DateTimeStyles.None, out var end) && end.Year is > 1 and < 9999:
                        layer.CreatedAt = new DateTimeOffset(DateTime.SpecifyKind(end, DateTimeKind.Local));
                        break;
                    case "partial":
                        layer.Details["IsPartial"] = value == "Y";
                        break;
                    case "incremental":
                        layer.Details["IsIncremental"] = value == "Y";
                        break;
                }
            }

            if (tool is not null)
                layer.Details["Tool"] = tool;
        }

        private string? InfoText()
        {
            byte[] bytes = _info.ToArray();
            if (_infoName!.EndsWith("_info", StringComparison.Ordinal))
                return Encoding.UTF8.GetString(bytes);
            // Compressed: .qp, .zst, .lz4.
            using var reader = new ByteReader(new MemorySource(bytes), ByteReader.LookAhead * 2);
            return MemberText.Decode(reader, LongestInfo);
        }
    }
}
