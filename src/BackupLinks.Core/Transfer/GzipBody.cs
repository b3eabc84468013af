using System;
using System.IO;
using System.IO.Compression;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Checksums;

namespace BackupLinks.Transfer;

/// <summary>
/// A gzip body, decoded and checked to its end (RFC 1952). The framework's stream notices neither a body that is cut
/// nor bytes behind it. A known member is put behind the body: it comes out only when the body ends where a member
/// ends. Where the framework reads one member only, the body's own trailer must be that of all that came out.
/// </summary>
internal sealed class GzipBody : ReadOnlyStream
{
    private const int BlockLength = 64 * 1024;
    private const int TrailerLength = 8;
    private const string NoEnd = "it is cut, or has bytes behind its end";

    // A backup that is smaller than this by the factor below is a backup of nothing, or a bomb.
    private const long FreeLength = 16 * 1024 * 1024;
    private const int MostRatio = 200;

    private readonly byte[] _mark;
    private readonly Source _source;
    private readonly GZipStream _gzip;
    private readonly bool _isBounded;
    private readonly byte[] _output = new byte[BlockLength];
    private readonly Crc32 _crc = new();
    private uint _total;
    private int _start;
    private int _end;
    private long _length;
    private bool _isOver;

    /// <summary>
    /// True once the trailer of the body was found to be that of all that came out: nothing is missing behind it. Where
    /// there are several members, one more may be.
    /// </summary>
    public bool HasProvedEnd { get; private set; }

    /// <summary>Decodes a body.</summary>
    /// <param name="body">The body; disposed with this.</param>
    /// <param name="isBounded">False when something else bounds the decoded length.</param>
    public GzipBody(Stream body, bool isBounded)
    {
        _mark = Guid.NewGuid().ToByteArray();
        _source = new Source(body, Compress(_mark));
        _gzip = new GZipStream(_source, CompressionMode.Decompress);
        _isBounded = isBounded;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">
    /// The body is cut, spoilt, has bytes behind its end, or expands too much.
    /// </exception>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
            return 0;
        // The last bytes may be the mark: they are held back until more come.
        while (!_isOver && _end - _start <= _mark.Length)
            await FillAsync(cancellationToken).ConfigureAwait(false);
        int taken = Math.Min(count, _isOver ? _end - _start : _end - _start - _mark.Length);
        Array.Copy(_output, _start, buffer, offset, taken);
        if (!_isOver)
            Sum(_start, taken);
        _start += taken;
        _length += taken;
        if (_isBounded && _length > FreeLength && _length / MostRatio > _source.Length)
            throw new InvalidDataException($"it expands to more than {MostRatio} times its length");
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        Array.Copy(_output, _start, _output, 0, _end - _start);
        (_start, _end) = (0, _end - _start);
        int count = await InflateAsync(cancellationToken).ConfigureAwait(false);
        if (count > 0)
        {
            _end += count;
            return;
        }

        _isOver = true;
        bool hasMark = EndsWithMark();
        if (hasMark)
            _end -= _mark.Length;
        Sum(_start, _end - _start);
        HasProvedEnd = EndsWithTrailer();
        if (!hasMark && !HasProvedEnd)
            throw new InvalidDataException(NoEnd);
    }

    private void Sum(int start, int count)
    {
        _crc.Append(_output, start, count);
        _total += (uint)count;
    }

    private async Task<int> InflateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _gzip.ReadAsync(_output, _end, _output.Length - _end, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException) when (_source.IsAtMark)
        {
            // The mark was taken for the rest of the body, or of its trailer.
            throw new InvalidDataException(NoEnd);
        }
    }

    private bool EndsWithMark() =>
        _end - _start >= _mark.Length && _output.AsSpan(_end - _mark.Length, _mark.Length).SequenceEqual(_mark);

    private bool EndsWithTrailer() =>
        BitConverter.ToUInt32(_source.LastBytes, 0) == _crc.Value
        && BitConverter.ToUInt32(_source.LastBytes, 4) == _total;

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes, 0, bytes.Length);
        return target.ToArray();
    }

    // The body, and the mark behind it.
    private sealed class Source(Stream body, byte[] mark) : ReadOnlyStream
    {
        private int _position = -1;

        // True once the body is over.
        public bool IsAtMark => _position >= 0;

        // The end of the body.
        public new long Length { get; private set; }

        public byte[] LastBytes { get; } = new byte[TrailerLength];

        public override async Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            if (_position < 0)
            {
                int read = await body.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
                if (read > 0 || count == 0)
                {
                    Length += read;
                    int kept = Math.Min(read, TrailerLength);
                    Array.Copy(LastBytes, kept, LastBytes, 0, TrailerLength - kept);
                    Array.Copy(buffer, offset + read - kept, LastBytes, TrailerLength - kept, kept);
                    return read;
                }

                _position = 0;
            }

            int taken = Math.Min(count, mark.Length - _position);
            Array.Copy(mark, _position, buffer, offset, taken);
            _position += taken;
            return taken;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                body.Dispose();
            base.Dispose(disposing);
        }
    }
}
