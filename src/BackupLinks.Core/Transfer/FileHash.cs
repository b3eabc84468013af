using System;
using System.Buffers;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// A hash of a file that is still being written. It follows the part that is there without a gap, and reads the bytes
/// back from the file. So it ends soon after the last byte, and covers the bytes of earlier runs, too. A test of the
/// backup gets the same blocks.
/// </summary>
internal sealed class FileHash : IDisposable
{
    private const int BlockSize = 128 * 1024;
    private const int JunkLength = 512;

    private readonly IncrementalHash _hash;
    private readonly Crc64? _crc;
    private readonly PartialFile _file;
    private readonly BackupFileCheck? _check;
    private readonly SemaphoreSlim _news = new(0);
    private readonly object _lock = new();
    private long _length;
    private long _announced;
    private bool _isWhole;

    /// <summary>Begins a hash.</summary>
    /// <param name="algorithm">Its algorithm.</param>
    /// <param name="file">The file.</param>
    /// <param name="check">The test that gets the same blocks; null for none.</param>
    /// <param name="withCrc">True to compute the CRC-64 of the same blocks.</param>
    public FileHash(
        HashAlgorithmName algorithm, PartialFile file, BackupFileCheck? check = null, bool withCrc = false)
    {
        _hash = IncrementalHash.CreateHash(algorithm);
        _crc = withCrc ? Crc64.CreateXz() : null;
        _file = file;
        _check = check;
    }

    /// <summary>The CRC-64 of the whole file, as a decimal number; null when it is not computed.</summary>
    public string? Crc => _crc is null ? null : ChecksumAlgorithm.ToText(_crc.Value);

    /// <summary>Notes how much of the file is there without a gap.</summary>
    /// <param name="length">Bytes from the beginning; never less than before.</param>
    /// <param name="isWhole">True when there will be no more.</param>
    public void Advance(long length, bool isWhole)
    {
        lock (_lock)
        {
            _length = Math.Max(_length, length);
            _isWhole |= isWhole;
            // The first bytes tell a test whether the rest is worth its download.
            int step = _check is not null && _announced == 0 ? JunkLength : BlockSize;
            if (!_isWhole && _length - _announced < step)
                return;
            _announced = _length;
        }

        if (_news.CurrentCount == 0)
            _news.Release();
    }

    /// <summary>Hashes the bytes that are there, until the file is whole.</summary>
    /// <returns>The hash in lower-case hexadecimal.</returns>
    /// <exception cref="NotABackupException">
    /// The first bytes are not those of a backup, and there is a test.
    /// </exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (long hashed = 0; ;)
            {
                long end;
                bool isWhole;
                lock (_lock)
                    (end, isWhole) = (_length, _isWhole);
                while (hashed < end)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    int count = _file.Read(block, (int)Math.Min(BlockSize, end - hashed), hashed);
                    if (count == 0)
                        throw new IOException("The file has become shorter than the bytes that were written to it.");
                    if (hashed == 0)
                        RequireBackup(block.AsSpan(0, count));
                    _hash.AppendData(block, 0, count);
                    _crc?.Append(block, 0, count);
                    _check?.Append(block, 0, count);
                    hashed += count;
                }

                if (isWhole)
                    return Hex.Encode(_hash.GetHashAndReset());
                await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    public void Dispose()
    {
        _hash.Dispose();
        _news.Dispose();
    }

    private void RequireBackup(ReadOnlySpan<byte> beginning)
    {
        var head = beginning.Slice(0, Math.Min(beginning.Length, FormatVerifier.HeadSize));
        if (_check is not null && NonBackupContent.Describe(head) is { } junk)
            throw new NotABackupException(junk);
    }
}
