using System;
using System.Globalization;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Walks one tar archive from header to header.</summary>
internal sealed class TarWalker(ByteReader input, BackupLayer layer, BackupTest test)
{
    private const int BlockSize = TarHeader.BlockSize;
    private const int LongestName = ByteReader.LookAhead;
    private const int LongestSizeRecord = 64;

    // pg_dump's tar format has its table of contents in a member that is half a dump.
    private const string PgDumpContents = "toc.dat";

    private long _members;
    private long? _paxSize;
    private string? _longName;
    private BackupTest? _only;
    private PgManifest? _manifest;
    private long? _entryAt;
    private bool _isLengthUncovered;
    private long? _suspectAt;

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
        if (!layer.IsBad || layer.State == BackupFileState.Unsupported)
            _manifest?.Judge(layer, input.Position);
        if (_only is not null && !layer.IsBad)
            test.Adopt(_only);
    }

    private bool TryReadEntry()
    {
        long at = input.Position;
        _entryAt ??= at;
        try
        {
            return TryReadEntry(at);
        }
        catch (BackupFormatException e) when (e.State == BackupFileState.Truncated && _isLengthUncovered)
        {
            e.Start = _entryAt;
            throw;
        }
    }

    private bool TryReadEntry(long at)
    {
        var block = input.Peek(BlockSize);
        if (block.Length < BlockSize)
        {
            var cut = BackupFormatException.Truncated(
                at, block.Length == 0
                    ? $"the archive ends at {Numbers.Text(at)} without its two end blocks"
                    : $"the header at {Numbers.Text(at)} has {Numbers.Text(block.Length)} of its 512 bytes");
            cut.Start = _suspectAt;
            throw cut;
        }

        if (SpanSearch.IndexOfNonZero(block) < 0)
            return false;
        var header = new TarHeader(block);
        if (!header.HasRightSum)
        {
            var damage = BackupFormatException.DamagedPart(
                at, at + BlockSize, $"the checksum of the header at {Numbers.Text(at)} is wrong");
            damage.Start = _suspectAt;
            throw damage;
        }

        if (_manifest is not null && !header.HasUsualSum)
            _manifest.NoteUncovered();
        char type = header.Type;
        bool isExtension = type is 'x' or 'X' or 'g' or 'L' or 'K';
        long size = type == '1' ? 0 : isExtension ? header.Size : _paxSize ?? header.Size;
        if (size < 0)
            throw BackupFormatException.Damaged(at, $"the size in the header at {Numbers.Text(at)} is not a number");
        string name = _longName ?? header.Name;
        bool hasMoreMap = header.HasMoreMap;
        _isLengthUncovered |= hasMoreMap || type is 'x' or 'X';
        input.Advance(BlockSize);
        while (hasMoreMap)
            hasMoreMap = input.Read(BlockSize, "the map of a sparse member")[504] != 0;
        if (isExtension)
            ReadExtension(type, size);
        else
            ReadContent(type, size, name);
        long padding = (BlockSize - (size % BlockSize)) % BlockSize;
        if (_manifest is not null && padding > 0 && SpanSearch.IndexOfNonZero(input.Peek((int)padding)) >= 0)
            _manifest.NoteUncovered();
        input.Skip(padding, "the padding of a member");
        if (!isExtension)
        {
            // The next header is elsewhere if the length of this member is damaged.
            _suspectAt = _isLengthUncovered ? _entryAt : null;
            (_entryAt, _isLengthUncovered) = (null, false);
        }

        return true;
    }

    private void ReadExtension(char type, long size)
    {
        switch (type)
        {
            case 'x' or 'X':
                _paxSize = ReadPaxSize(size);
                break;
            case 'L':
                int shown = (int)Math.Min(size, LongestName);
                _longName = TarHeader.ReadText(input.Read(shown, "a header"));
                input.Skip(size - shown, "a header");
                break;
            default:
                input.Skip(size, "a header");
                break;
        }
    }

    private void ReadContent(char type, long size, string name)
    {
        long at = input.Position;
        bool isFile = type is '0' or '\0' or '7';
        var listed = isFile ? _manifest?.Find(name) : null;
        bool isProven = false;
        var member = listed is null ? ReadMember(size, name, isFile && name != PgDumpContents)
            : ReadListed(listed, size, name, out isProven);
        if (member is not null)
        {
            long? start = _isLengthUncovered ? _entryAt : null;
            BackupTest.Note(layer, member, name, new MemberPlace(at, at + size, start, isProven));
        }

        if (size > 0 && listed is null)
            _manifest?.NoteUncovered();
        _members++;
        _only = _members == 1 ? member : null;
        _paxSize = null;
        _longName = null;
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

        return member;
    }

    private BackupTest? ReadListed(PgManifestFile listed, long size, string name, out bool isProven)
    {
        long at = input.Position;
        if (!listed.HasChecksum)
        {
            isProven = false;
            _manifest!.Note(listed, size, isRight: null, at);
            return ReadMember(size, name, isWorthTesting: true);
        }

        var isRight = listed.Begin(out var watcher);
        input.Watch(watcher);
        var member = ReadMember(size, name, isWorthTesting: true);
        input.Watch(null);
        bool isListed = isRight();
        isProven = isListed && size == listed.Size;
        _manifest!.Note(listed, size, isListed, at);
        return member;
    }

    // "30 size=8589934592\n": the length of the record, a name and a value. The value of another one may be long.
    private long? ReadPaxSize(long size)
    {
        long? found = null;
        for (long left = size; left > 0;)
        {
            var head = input.Peek((int)Math.Min(left, LongestSizeRecord));
            int space = head.IndexOf((byte)' ');
            if (!TryParse(space < 0 ? default : head.Slice(0, space), out long length) || length <= space
                || length > left)
            {
                input.Skip(left, "a header");
                break;
            }

            var record = head.Slice(space + 1, (int)Math.Min(length, head.Length) - space - 1);
            if (record.StartsWith("size="u8) && record[record.Length - 1] == '\n'
                && TryParse(record.Slice(5, record.Length - 6), out long number))
            {
                found = number;
            }

            input.Skip(length, "a header");
            left -= length;
        }

        return found;
    }

    private static bool TryParse(ReadOnlySpan<byte> digits, out long number) => long.TryParse(
        Encoding.ASCII.GetString(digits.ToArray()), NumberStyles.None, CultureInfo.InvariantCulture, out number);

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
                    $"trailing data: the archive ends at {Numbers.Text(at)}, and other bytes follow its end blocks",
                    start: _suspectAt);
                return;
            }

            input.Advance(input.Window.Length);
        }
    }
}
