using System;
using System.Globalization;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Walks one tar archive from header to header.</summary>
internal sealed class TarWalker(ByteReader input, BackupLayer layer, BackupTest test)
{
    private const int BlockSize = TarHeader.BlockSize;
    private const int LongestExtension = ByteReader.LookAhead;

    // pg_dump's tar format has its table of contents in a member that is half a dump.
    private const string PgDumpContents = "toc.dat";

    private long _members;
    private long? _paxSize;
    private string? _longName;
    private BackupTest? _only;
    private PgManifest? _manifest;

    /// <summary>Reads to the end of the archive and of the input.</summary>
    /// <exception cref="BackupFormatException">The archive is cut or damaged.</exception>
    public void Run()
    {
        layer.Checksum = ChecksumCoverage.Partial;
        _manifest = test.GoesDeeper ? PgManifest.Load(test.Folder) : null;
        while (TryReadEntry())
        {
        }

        layer.Details["Members"] = _members;
        ReadEnd();
        if (!layer.IsBad)
            _manifest?.Judge(layer, input.Position);
        if (_only is not null && !layer.IsBad)
            test.Adopt(_only);
    }

    private bool TryReadEntry()
    {
        long at = input.Position;
        var block = input.Peek(BlockSize);
        if (block.Length < BlockSize)
        {
            throw BackupFormatException.Truncated(
                at, block.Length == 0
                    ? $"the archive ends at {Numbers.Text(at)} without its two end blocks"
                    : $"the header at {Numbers.Text(at)} has {Numbers.Text(block.Length)} of its 512 bytes");
        }

        if (SpanSearch.IndexOfNonZero(block) < 0)
            return false;
        var header = new TarHeader(block);
        if (!header.HasRightSum)
        {
            throw BackupFormatException.DamagedPart(
                at, at + BlockSize, $"the checksum of the header at {Numbers.Text(at)} is wrong");
        }

        char type = header.Type;
        long size = type == '1' ? 0 : _paxSize ?? header.Size;
        if (size < 0)
            throw BackupFormatException.Damaged(at, $"the size in the header at {Numbers.Text(at)} is not a number");
        string name = _longName ?? header.Name;
        bool hasMoreMap = header.HasMoreMap;
        input.Advance(BlockSize);
        while (hasMoreMap)
            hasMoreMap = input.Read(BlockSize, "the map of a sparse member")[504] != 0;
        ReadContent(type, size, name);
        long padding = (BlockSize - (size % BlockSize)) % BlockSize;
        if (_manifest is not null && padding > 0 && SpanSearch.IndexOfNonZero(input.Peek((int)padding)) >= 0)
            _manifest.NoteUncovered();
        input.Skip(padding, "the padding of a member");
        return true;
    }

    private void ReadContent(char type, long size, string name)
    {
        switch (type)
        {
            case 'x':
                _paxSize = FindPaxSize(ReadExtension(size));
                break;
            case 'L':
                _longName = TarHeader.ReadText(ReadExtension(size));
                break;
            case 'g' or 'K':
                input.Skip(size, "a header");
                break;
            default:
                _members++;
                bool isFile = type is '0' or '\0' or '7';
                var member = isFile && _manifest?.Find(name) is { } listed
                    ? ReadListed(listed, size, name) : ReadMember(size, name, isFile && name != PgDumpContents);
                if (size > 0 && (!isFile || _manifest?.Find(name) is null))
                    _manifest?.NoteUncovered();
                _only = _members == 1 ? member : null;
                _paxSize = null;
                _longName = null;
                break;
        }
    }

    private BackupTest? ReadMember(long size, string name, bool isWorthTesting)
    {
        var head = size == 0 || !isWorthTesting
            || !test.GoesDeeper ? [] : input.Peek((int)Math.Min(size, FormatVerifier.HeadSize));
        if (head.Length == 0 || test.RecogniseMember(head) is not { } format)
        {
            input.Skip(size, $"the member '{name}'");
            return null;
        }

        long at = input.Position;
        var content = new LimitedSource(input, size);
        var member = test.RunMember(content, format);
        if (content.Left > 0)
        {
            throw BackupFormatException.Truncated(
                at, $"the member '{name}' of {Numbers.Text(size)} bytes begins at {Numbers.Text(at)} and "
                + $"{Numbers.Text(size - content.Left)} bytes are there");
        }

        if (member is not null)
            BackupTest.Note(layer, member, name);
        return member;
    }

    private BackupTest? ReadListed(PgManifestFile listed, long size, string name)
    {
        long at = input.Position;
        if (!listed.HasChecksum)
        {
            _manifest!.Note(listed, size, isRight: null, at);
            return ReadMember(size, name, isWorthTesting: true);
        }

        var isRight = listed.Begin(out var watcher);
        input.Watch(watcher);
        var member = ReadMember(size, name, isWorthTesting: true);
        input.Watch(null);
        _manifest!.Note(listed, size, isRight(), at);
        return member;
    }

    private ReadOnlySpan<byte> ReadExtension(long size) => size <= LongestExtension
        ? input.Read((int)size, "a header")
        : throw BackupFormatException.Damaged(
            input.Position, $"a header has {Numbers.Text(size)} bytes, more than any program writes");

    // "30 size=8589934592\n": the length of the record, a name and a value.
    private static long? FindPaxSize(ReadOnlySpan<byte> records)
    {
        long? size = null;
        foreach (string record in Encoding.UTF8.GetString(records.ToArray()).Split('\n'))
        {
            int name = record.IndexOf(' ') + 1;
            if (record.Substring(name).StartsWith("size=", StringComparison.Ordinal)
                && long.TryParse(record.Substring(name + 5), NumberStyles.None, CultureInfo.InvariantCulture,
                out long number))
            {
                size = number;
            }
        }

        return size;
    }

    private void ReadEnd()
    {
        long at = input.Position;
        var end = input.Peek(2 * BlockSize);
        if (SpanSearch.IndexOfNonZero(end) < 0 && end.Length < 2 * BlockSize)
        {
            throw BackupFormatException.Truncated(
                at, $"the archive has one end block at {Numbers.Text(at)}, and not two");
        }

        while (input.Fill(1))
        {
            int other = SpanSearch.IndexOfNonZero(input.Window);
            if (other >= 0)
            {
                input.SkipToEnd();
                layer.Fail(
                    BackupFileState.TrailingData, at + (2 * BlockSize),
                    $"trailing data: the archive ends at {Numbers.Text(at)}, and other bytes follow its end blocks");
                return;
            }

            input.Advance(input.Window.Length);
        }
    }
}
