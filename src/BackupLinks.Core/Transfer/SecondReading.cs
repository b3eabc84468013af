using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// Reads a whole object once more without storing it, and hashes it. Two readings with one hash prove that an entity tag that
/// looks like an MD5 is not one, as those of append objects and of some gateways are not.
/// </summary>
/// <param name="environment">What the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="lease">Its link.</param>
/// <param name="meter">Told how far it is.</param>
/// <param name="identity">The version.</param>
internal sealed class SecondReading(
    TransferContext environment, TransferSource source, RenewableLink lease, TransferProgress meter, ObjectIdentity identity) : IDisposable
{
    private const int BlockLength = 64 * 1024;

    private readonly StallWatch _watch = new(environment.Settings, environment.Transport.Clock);
    private IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private long _position;

    /// <summary>Reads.</summary>
    /// <returns>The hashes in lower-case hexadecimal.</returns>
    /// <exception cref="RestartDownloadException">The object was replaced since it was downloaded.</exception>
    /// <exception cref="BackupLinksException">The store refused or failed.</exception>
    public async Task<(string Sha256, string Md5)> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = _watch.RunAsync(stop.Token);
        try
        {
            Restart();
            for (int failures = 0; _position < identity.Size;)
            {
                long before = _position;
                try
                {
                    await ReadOnAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException && !cancellationToken.IsCancellationRequested)
                {
                    failures = _position > before && e is not SlowConnectionException ? 1 : failures + 1;
                    if (failures > environment.Settings.MaximumRetryCount)
                        throw TransferErrors.GiveUp(source, e, failures, isKept: true);
                    var delay = RetryDelay.Backoff(environment.Settings.RetryInterval, failures - 1, SharedRandom.NextDouble());
                    await environment.Transport.Clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
                }
            }

            return (Hex.Encode(_sha256.GetHashAndReset()), Hex.Encode(_md5.GetHashAndReset()));
        }
        finally
        {
            stop.Cancel();
            try
            {
                await watching.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _md5.Dispose();
    }

    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        ByteRange? range = _position == 0 ? null : new ByteRange(_position, identity.Size);
        using var answer = await environment.Client.GetAsync(source, lease, range, identity.Validator, cancellationToken).ConfigureAwait(false);
        bool isWhole = answer.IsWhole && answer.Validator == identity.Validator && (answer.Length ?? identity.Size) == identity.Size;
        var verdict = isWhole ? PartVerdict.Same : PartProof.Judge(answer, range ?? new ByteRange(0, identity.Size), identity);
        if (verdict != PartVerdict.Same)
            throw new RestartDownloadException(RestartCause.Replaced, $"The object behind {source.Subject} was replaced while it was compared");
        if (isWhole)
            Restart();
        using var connection = _watch.Add(cancellationToken);
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            using var body = await answer.OpenAsync(connection.Token).ConfigureAwait(false);
            while (_position < identity.Size)
            {
                connection.Touch();
                int most = (int)Math.Min(Math.Min(BlockLength, environment.Limiter?.LargestRead ?? int.MaxValue), identity.Size - _position);
                int count = await HttpBody.ReadAsync(body, block, most, connection.Token).ConfigureAwait(false);
                if (count == 0)
                    throw new IOException("the answer ended early");
                connection.NoteBytes(count);
                _sha256.AppendData(block, 0, count);
                _md5.AppendData(block, 0, count);
                _position += count;
                meter.Add(count);
                connection.Pause();
                if (environment.Limiter is { } limiter)
                    await limiter.TakeAsync(count, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (connection.IsStalled && !cancellationToken.IsCancellationRequested)
        {
            throw connection.ToException(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void Restart()
    {
        _sha256.Dispose();
        _md5.Dispose();
        _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        _position = 0;
        meter.Begin(identity.Size, 0);
    }
}
