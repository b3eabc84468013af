using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>The bytes of a file, once from the first to the last; hashes them meanwhile, if that is wanted.</summary>
internal sealed class FileByteSource : IByteSource, IDisposable
{
    /// <summary>How much is read at once.</summary>
    public const int BlockSize = 1024 * 1024;

    private readonly FileStream _file;
    private readonly IncrementalHash? _sha256;
    private readonly IncrementalHash? _md5;
    private readonly Action<long>? _progress;
    private readonly CancellationToken _stop;

    /// <summary>Opens a file, which others may read and delete meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="withSha256">True to compute the SHA-256.</param>
    /// <param name="withMd5">True to compute the MD5.</param>
    /// <param name="progress">Takes the number of bytes read, now and then; or null.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public FileByteSource(string path, bool withSha256, bool withMd5, Action<long>? progress, CancellationToken stop)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1,
            FileOptions.SequentialScan);
        _sha256 = withSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        _md5 = withMd5 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
        _progress = progress;
        _stop = stop;
    }

    /// <summary>How many bytes have been read.</summary>
    public long Position { get; private set; }

    /// <summary>The file's length now.</summary>
    public long Length => _file.Length;

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        _stop.ThrowIfCancellationRequested();
        int read = _file.Read(buffer, offset, Math.Min(count, BlockSize));
        if (read == 0)
            return 0;
        Position += read;
        _sha256?.AppendData(buffer, offset, read);
        _md5?.AppendData(buffer, offset, read);
        _progress?.Invoke(Position);
        return read;
    }

    /// <summary>The hashes of all that was read, in lower-case hexadecimal; null when they were not wanted.</summary>
    public (string? Sha256, string? Md5) GetHashes() => (
        _sha256 is null ? null : Hex.Encode(_sha256.GetHashAndReset()),
        _md5 is null ? null : Hex.Encode(_md5.GetHashAndReset()));

    public void Dispose()
    {
        _file.Dispose();
        _sha256?.Dispose();
        _md5?.Dispose();
    }
}
