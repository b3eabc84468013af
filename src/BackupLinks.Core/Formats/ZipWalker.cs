using System;
using System.Buffers.Binary;
using System.Text;
using BackupLinks.Checksums;
using BackupLinks.Formats.Compression;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Walks one zip archive: the entries, the directory, the end records.</summary>
internal sealed class ZipWalker(ByteReader input, BackupLayer layer, BackupTest test)
{
    private const uint LocalHeader = 0x04034B50;
    private const uint DirectoryHeader = 0x02014B50;
    private const uint EndRecord = 0x06054B50;
    private const uint Zip64EndRecord = 0x06064B50;
    private const uint Zip64Locator = 0x07064B50;
    private const uint Absent = 0xFFFFFFFF;
    private const int Encrypted = 1;
    private const int HasEndMark = 2;
    private const int HasDescriptor = 8;
    private const int Stored = 0;
    private const int Deflated = 8;
    private const int Deflated64 = 9;
    private const int Bzip2 = 12;
    private const int Lzma = 14;
    private const int Zstandard = 93;
    private const int Xz = 95;

    private readonly Inflater _inflater = new();
    private readonly ZipDescriptors _descriptors = new(input);
    private Inflater? _inflater64;
    private long _entries;
    private long _directoryEntries;
    private ulong _entrySum;
    private ulong _directorySum;
    private long _directoryAt = -1;
    private bool _coversAll = true;
    private BackupTest? _only;

    /// <summary>Reads to the end of the archive, which need not be that of the input.</summary>
    /// <exception cref="BackupFormatException">The archive is cut or damaged.</exception>
    public void Run()
    {
        while (PeekSignature() == LocalHeader)
            ReadEntry();
        _directoryAt = input.Position;
        while (PeekSignature() == DirectoryHeader)
            ReadDirectoryEntry();
        if (_directoryEntries != _entries || _directorySum != _entrySum)
        {
            throw BackupFormatException.Damaged(
                _directoryAt, $"the directory at {Numbers.Text(_directoryAt)} does not say the same as the "
                + $"{Numbers.Count(_entries, "entry header")}");
        }

        ReadEnd();
        layer.Details["Entries"] = _entries;
        layer.Checksum = _coversAll ? ChecksumCoverage.Verified : ChecksumCoverage.NotChecked;
        if (_only is not null && !layer.IsBad)
            test.Adopt(_only);
    }

    private uint PeekSignature()
    {
        var bytes = input.Peek(4);
        if (bytes.Length < 4)
        {
            throw BackupFormatException.Truncated(
                input.Position, $"the archive ends at {Numbers.Text(input.Position)} without its directory and "
                + "its end record");
        }

        uint signature = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return signature is LocalHeader or DirectoryHeader or EndRecord or Zip64EndRecord or Zip64Locator
            ? signature
            : throw BackupFormatException.Damaged(
                input.Position, $"an entry or the directory begins at {Numbers.Text(input.Position)}, and other "
                + "bytes are there");
    }

    private void ReadEntry()
    {
        long at = input.Position;
        var header = input.Read(30, "the header of an entry");
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(6));
        int method = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(8));
        uint crc = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(14));
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(18));
        long size = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(22));
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(26));
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(28));
        string name = Encoding.UTF8.GetString(input.Read(nameLength, "the name of an entry").ToArray());
        bool isZip64 = ReadExtra(input.Read(extraLength, "the header of an entry"), ref size, ref packed);
        bool hasDescriptor = (flags & HasDescriptor) != 0;
        long dataAt = input.Position;
        if (packed < 0 || size < 0)
        {
            throw BackupFormatException.Damaged(
                at, $"the header of the entry '{name}' at {Numbers.Text(at)} has a size beyond any file");
        }

        bool isReadable = (flags & Encrypted) == 0
            && (method is Stored or Deflated or Deflated64 or Bzip2 or Zstandard or Xz
            || (method == Lzma && (!hasDescriptor || (flags & HasEndMark) != 0)));
        if (isReadable && !(method == Stored && hasDescriptor && packed == 0))
        {
            // A problem of this entry is not one of the next.
            var entry = new BackupLayer(layer.Kind, layer.Format);
            using var content = method switch
            {
                Stored => new ZipEntrySource(input, entry, packed) { Start = at },
                Deflated => new ZipEntrySource(input, _inflater, entry) { Start = at },
                Deflated64 => new ZipEntrySource(input, _inflater64 ??= new(is64: true), entry) { Start = at },
                _ => new ZipEntrySource(input, Open(method, flags, size, entry), entry) { Start = at },
            };
            var member = test.RunMember(content);
            _only = _entries == 0 ? member : null;
            if (entry.IsBad)
            {
                RequireLength(entry, name, (at, dataAt), hasDescriptor && packed == 0 ? -1 : packed);
                SkipUnread(name, (at, dataAt), packed, isZip64, hasDescriptor, ref crc, ref size);
            }
            else
            {
                if (method == Stored && content.Length < packed)
                    throw Cut(name, packed, (at, dataAt), content.Length);
                packed = Check(hasDescriptor, isZip64, (content.Crc, input.Position - dataAt, content.Length), ref crc,
                    packed, ref size, (name, at, dataAt + packed));
                if (member is not null)
                    BackupTest.Note(layer, member, name, new MemberPlace(dataAt, dataAt + packed, IsProven: true));
            }
        }
        else
        {
            _only = null;
            if (!isReadable && (flags & Encrypted) == 0)
                NoteUnread(name, method);
            if (hasDescriptor && packed == 0)
                packed = _descriptors.SkipTo(name, (at, dataAt), isReadable);
            _coversAll &= isReadable;
            SkipUnread(name, (at, dataAt), packed, isZip64, hasDescriptor, ref crc, ref size);
        }

        _entries++;
        _entrySum += Digest(crc, packed, size, at, method, flags);
    }

    private IByteSource Open(int method, int flags, long size, BackupLayer entry) => method switch
    {
        Bzip2 => new Bzip2Source(input, entry),
        Zstandard => new ZstdSource(input, entry),
        Lzma => new ZipLzmaSource(input, entry, (flags & HasEndMark) != 0 ? null : size),
        _ => new XzSource(input, entry),
    };

    // An entry that cannot be decompressed hides what follows it, unless the header says where it ends.
    private void RequireLength(BackupLayer entry, string name, (long At, long DataAt) place, long packed)
    {
        string problem = $"{entry.Detail} (in '{name}')";
        bool isUnsupported = entry.State == BackupFileState.Unsupported;
        // One damaged bit of the entry's own header may name a method by which its content is of another variant.
        long? start = isUnsupported ? place.At : entry.ProblemStart;
        if (!isUnsupported || input.Position - place.DataAt > packed)
        {
            throw new BackupFormatException(entry.State, entry.Offset ?? place.DataAt, problem, entry.ProblemEnd)
            {
                Start = start,
            };
        }

        layer.Fail(entry.State, entry.Offset, problem, entry.ProblemEnd, start);
        _coversAll = false;
    }

    // What its length alone is known of is not verified.
    private void NoteUnread(string name, int method)
    {
        if (layer.State != BackupFileState.Intact)
            return;
        string? known = method switch { 1 => "Shrink", 6 => "Implode", 14 => "LZMA", 98 => "PPMd", _ => null };
        (layer.State, layer.IsWhole) = (BackupFileState.Unverifiable, null);
        layer.Detail = $"the content of '{name}' is compressed by method {method}"
            + $"{(known is null ? "" : $", {known}")}, and only its length was compared";
    }

    private void SkipUnread(
        string name, (long At, long DataAt) place, long packed, bool isZip64, bool hasDescriptor, ref uint crc,
        ref long size)
    {
        try
        {
            input.Skip(place.DataAt + packed - input.Position, "an entry");
        }
        catch (BackupFormatException e) when (e.State == BackupFileState.Truncated)
        {
            throw Cut(name, packed, place, input.Position - place.DataAt);
        }

        if (hasDescriptor)
            _descriptors.Read(isZip64, packed, ref crc, ref size);
    }

    // The header may have a damaged length.
    private static BackupFormatException Cut(string name, long packed, (long At, long DataAt) place, long there)
    {
        var cut = BackupFormatException.Truncated(
            place.DataAt, $"the entry '{name}' of {Numbers.Count(packed, "byte")} begins at "
            + $"{Numbers.Text(place.DataAt)} and {Numbers.Text(there)} bytes are there");
        cut.Start = place.At;
        return cut;
    }

    // The compressed size, by which the directory is compared.
    private long Check(
        bool hasDescriptor, bool isZip64, (uint Crc, long Packed, long Size) actual, ref uint crc, long packed,
            ref long size, (string Name, long At, long End) entry)
    {
        if (hasDescriptor)
        {
            long statedSize = actual.Size;
            _descriptors.Read(isZip64, actual.Packed, ref crc, ref statedSize);
            size = statedSize;
        }

        // Content that ends too early has its cause where it ends.
        long end = Math.Max(input.Position, entry.End);
        if (!hasDescriptor && packed != actual.Packed)
        {
            throw BackupFormatException.DamagedPart(
                entry.At, end,
                $"the entry '{entry.Name}' has {Numbers.Text(actual.Packed)} compressed bytes, and its header says "
                + $"{Numbers.Text(packed)}");
        }

        if (crc != actual.Crc)
        {
            throw BackupFormatException.DamagedPart(
                entry.At, end,
                $"the CRC-32 of '{entry.Name}' is {actual.Crc:x8}, and its header says {crc:x8}");
        }

        if (size != actual.Size)
        {
            throw BackupFormatException.DamagedPart(
                entry.At, end,
                $"the entry '{entry.Name}' has {Numbers.Text(actual.Size)} bytes, and its header says "
                + $"{Numbers.Text(size)}");
        }

        return actual.Packed;
    }

    private static bool ReadExtra(ReadOnlySpan<byte> extra, ref long size, ref long packed)
    {
        long offset = 0;
        return ReadExtra(extra, ref size, ref packed, ref offset);
    }

    // Field 1 has the values that do not fit into 32 bits, in this order.
    private static bool ReadExtra(ReadOnlySpan<byte> extra, ref long size, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra.Slice(2));
            extra = extra.Slice(4);
            if (length > extra.Length)
                return false;
            if (id == 1)
            {
                var field = extra.Slice(0, length);
                Take(ref field, ref size);
                Take(ref field, ref packed);
                Take(ref field, ref offset);
                return true;
            }

            extra = extra.Slice(length);
        }

        return false;
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != Absent || field.Length < 8)
            return;
        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field.Slice(8);
    }

    private void ReadDirectoryEntry()
    {
        var header = input.Read(46, "the directory");
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(8));
        int method = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(10));
        uint crc = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(16));
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(20));
        long size = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(24));
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(28));
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(30));
        int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(32));
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(42));
        input.Skip(nameLength, "the directory");
        ReadExtra(input.Read(extraLength, "the directory"), ref size, ref packed, ref offset);
        input.Skip(commentLength, "the directory");
        _directoryEntries++;
        _directorySum += Digest(crc, packed, size, offset, method, flags);
    }

    // A sum of these is the same in any order.
    private static ulong Digest(uint crc, long packed, long size, long offset, int method, int flags)
    {
        byte[] bytes = new byte[31];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, crc);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(4), packed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), size);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(20), offset);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(28), (ushort)method);
        bytes[30] = (byte)(flags & Encrypted);
        return XxHash64.Compute(bytes);
    }

    private void ReadEnd()
    {
        long directorySize = input.Position - _directoryAt;
        if (PeekSignature() == Zip64EndRecord)
            ReadZip64End(directorySize);
        long at = input.Position;
        if (PeekSignature() != EndRecord)
        {
            throw BackupFormatException.Damaged(
                at, $"the end record is expected at {Numbers.Text(at)}, and another one is there");
        }

        var end = input.Read(22, "the end record");
        uint entries = BinaryPrimitives.ReadUInt16LittleEndian(end.Slice(10));
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(end.Slice(12));
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(end.Slice(16));
        int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(end.Slice(20));
        if ((entries != 0xFFFF && entries != (ushort)_entries) || (size != Absent && size != directorySize)
            || (offset != Absent && offset != _directoryAt))
        {
            throw BackupFormatException.Damaged(
                at, $"the directory is not where the end record at {Numbers.Text(at)} says, at {Numbers.Text(offset)}");
        }

        input.Skip(commentLength, "the comment");
    }

    private void ReadZip64End(long directorySize)
    {
        long at = input.Position;
        var end = input.Read(56, "the zip64 end record");
        long length = BinaryPrimitives.ReadInt64LittleEndian(end.Slice(4));
        long entries = BinaryPrimitives.ReadInt64LittleEndian(end.Slice(32));
        long size = BinaryPrimitives.ReadInt64LittleEndian(end.Slice(40));
        long offset = BinaryPrimitives.ReadInt64LittleEndian(end.Slice(48));
        if (entries != _entries || size != directorySize || offset != _directoryAt || length < 44)
        {
            throw BackupFormatException.Damaged(
                at, $"the directory is not where the zip64 end record at {Numbers.Text(at)} says, at "
                + $"{Numbers.Text(offset)}");
        }

        input.Skip(length - 44, "the zip64 end record");
        if (PeekSignature() != Zip64Locator)
        {
            throw BackupFormatException.Damaged(
                input.Position, $"the zip64 locator is expected at {Numbers.Text(input.Position)}");
        }

        var locator = input.Read(20, "the zip64 locator");
        if (BinaryPrimitives.ReadInt64LittleEndian(locator.Slice(8)) != at)
        {
            throw BackupFormatException.Damaged(
                input.Position - 20, $"the zip64 locator says another place than {Numbers.Text(at)}");
        }
    }
}
