using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formats;

namespace BackupLinks.Transfer;

/// <summary>
/// Requests the bad bytes of a downloaded backup once more. Other bytes were damaged on their way, and are repaired;
/// the same bytes are damaged in the store.
/// </summary>
/// <param name="context">What the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="link">Its link.</param>
/// <param name="progress">Takes how far it is.</param>
/// <param name="file">The partial file, whole.</param>
internal sealed class BackupRepair(
    TransferContext context, TransferSource source, RenewableLink link, TransferProgress progress, PartialFile file)
{
    /// <summary>Compares a part of the file with the store's, and takes over the store's bytes.</summary>
    /// <param name="range">The part.</param>
    /// <param name="identity">The version that was downloaded.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>How many bytes differed.</returns>
    /// <exception cref="RestartDownloadException">The object was replaced since it was downloaded.</exception>
    /// <exception cref="BackupLinksException">The store refused or failed, or the disk did.</exception>
    public async Task<long> ReplaceAsync(
        ByteRange range, ObjectIdentity identity, CancellationToken cancellationToken)
    {
        long different = 0;
        byte[] ours = [];
        await new RepeatedReading(context, source, link, progress, identity, range).RunAsync(
            restart: () => { },
            (bytes, position) =>
            {
                if (ours.Length < bytes.Count)
                    ours = new byte[bytes.Count];
                different += Replace(bytes, position, ours);
            },
            cancellationToken).ConfigureAwait(false);
        return different;
    }

    /// <summary>Reads the file back, and hashes and tests it.</summary>
    /// <param name="result">The download.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The download, with the hashes and the report of the bytes that are there now.</returns>
    public async Task<DownloadResult> TestAsync(DownloadResult result, CancellationToken cancellationToken)
    {
        using var check = new BackupFileCheck();
        bool withCrc = result.Checksums.Crc64 is not null;
        var (sha256, crc) = await HashAsync(HashAlgorithmName.SHA256, result.Size, check, withCrc, cancellationToken)
            .ConfigureAwait(false);
        string? md5 = null;
        if (result.Checksums.Md5 is not null)
        {
            (md5, _) = await HashAsync(HashAlgorithmName.MD5, result.Size, null, withCrc: false, cancellationToken)
                .ConfigureAwait(false);
        }

        return result with
        {
            Checksums = new FileChecksums(sha256, md5, crc),
            Report = check.Complete(file.Path, sha256),
        };
    }

    private Task<(string Hash, string? Crc)> HashAsync(
        HashAlgorithmName algorithm, long size, BackupFileCheck? check, bool withCrc,
        CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                using var hash = new FileHash(algorithm, file, check, withCrc);
                hash.Advance(size, isWhole: true);
                return (await hash.RunAsync(cancellationToken).ConfigureAwait(false), hash.Crc);
            },
            cancellationToken);

    private long Replace(ArraySegment<byte> theirs, long position, byte[] ours)
    {
        long different = 0;
        for (int at = 0, count; at < theirs.Count; at += count)
        {
            count = file.Read(ours, theirs.Count - at, position + at);
            if (count == 0)
                throw new IOException("The file has become shorter than the bytes that were written to it.");
            var (one, other) = (new ReadOnlyMemory<byte>(ours, 0, count), theirs.AsMemory(at, count));
            if (one.Span.SequenceEqual(other.Span))
                continue;
            for (int i = 0; i < count; i++)
                different += one.Span[i] == other.Span[i] ? 0 : 1;
            file.Write(other.ToArray(), count, position + at);
        }

        return different;
    }
}
