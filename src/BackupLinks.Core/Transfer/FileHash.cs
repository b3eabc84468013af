using System;
using System.Buffers;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Files;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// A hash of a file that is still being written. It follows the part that is there without a gap, and reads the bytes
/// back from the file. So it ends soon after the last byte, and covers the bytes of earlier runs, too.
/// </summary>
internal sealed class FileHash : IDisposable
{
    private const int BlockSize = 128 * 1024;

    private readonly IncrementalHash _hash;
    private readonly PartialFile _file;
    private readonly SemaphoreSlim _news = new(0);
    private readonly object _lock = new();
    private long _length;
    private long _announced;
    private bool _isWhole;

    public FileHash(HashAlgorithmName algorithm, PartialFile file)
    {
        _hash = IncrementalHash.CreateHash(algorithm);
        _file = file;
    }

    /// <summary>Notes how much of the file is there without a gap.</summary>
    /// <param name="length">Bytes from the beginning; never less than before.</param>
    /// <param name="isWhole">True when there will be no more.</param>
    public void Advance(long length, bool isWhole)
    {
        lock (_lock)
        {
            _length = Math.Max(_length, length);
            _isWhole |= isWhole;
            if (!_isWhole && _length - _announced < BlockSize)
                return;
            _announced = _length;
        }

        if (_news.CurrentCount == 0)
            _news.Release();
    }

    /// <summary>Hashes the bytes that are there, until the file is whole.</summary>
    /// <returns>The hash in lower-case hexadecimal.</returns>
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
                    _hash.AppendData(block, 0, count);
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
}
