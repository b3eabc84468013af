using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// Reads a whole object once more without saving it, and hashes it. Two readings with one hash prove that a hint of the
/// store is wrong: an entity tag that looks like an MD5 is not one for append objects, and behind some gateways.
/// </summary>
/// <param name="context">The context that the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="link">Its link.</param>
/// <param name="progress">Takes how far it is.</param>
/// <param name="identity">The version.</param>
internal sealed class SecondReading(
    TransferContext context, TransferSource source, RenewableLink link, TransferProgress progress,
    ObjectIdentity identity) : IDisposable
{
    private readonly Crc64 _crc = Crc64.CreateXz();
    private IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    /// <inheritdoc cref="RepeatedReading.Sender"/>
    public Responder Sender { get; private set; } = Responder.Of(source.Uri);

    /// <inheritdoc cref="RepeatedReading.HasLength"/>
    public bool HasLength { get; private set; }

    /// <summary>Reads.</summary>
    /// <exception cref="RestartDownloadException">The object was replaced since it was downloaded.</exception>
    /// <exception cref="BackupLinksException">The store refused or failed.</exception>
    public async Task<FileChecksums> RunAsync(CancellationToken cancellationToken)
    {
        var range = new ByteRange(0, identity.Size);
        var reading = new RepeatedReading(context, source, link, progress, identity, range);
        await reading.RunAsync(Restart, Take, cancellationToken).ConfigureAwait(false);
        Sender = reading.Sender;
        HasLength = reading.HasLength;
        return new FileChecksums(
            Hex.Encode(_sha256.GetHashAndReset()), Hex.Encode(_md5.GetHashAndReset()),
            ChecksumAlgorithm.ToText(_crc.Value));
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _md5.Dispose();
    }

    private void Take(ArraySegment<byte> bytes, long position)
    {
        _sha256.AppendData(bytes.Array!, bytes.Offset, bytes.Count);
        _md5.AppendData(bytes.Array!, bytes.Offset, bytes.Count);
        _crc.Append(bytes.Array!, bytes.Offset, bytes.Count);
    }

    private void Restart()
    {
        Dispose();
        _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        _crc.Reset();
    }
}
