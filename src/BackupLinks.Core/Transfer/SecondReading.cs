using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Shims;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// Reads a whole object once more without saving it, and hashes it. Two readings with one hash prove that an entity tag
/// that looks like an MD5 is not one, as those of append objects and of some gateways are not.
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
    private const int BlockLength = 64 * 1024;

    private readonly StallWatch _watch = new(context.Settings, context.Transport.Clock);
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
                catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException
                    && !cancellationToken.IsCancellationRequested)
                {
                    failures = _position > before && e is not SlowConnectionException ? 1 : failures + 1;
                    if (failures > context.Settings.MaximumRetryCount)
                        throw TransferErrors.GiveUp(source, e, failures, isKept: true);
                    var interval = context.Settings.RetryInterval;
                    var delay = RetryDelay.Backoff(interval, failures - 1, SharedRandom.NextDouble());
                    await context.Transport.Clock.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
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
        using var response = await context.Client.GetAsync(source, link, range, identity.Validator, cancellationToken)
            .ConfigureAwait(false);
        bool isWhole = response.IsWhole && response.Validator == identity.Validator
            && (response.Length ?? identity.Size) == identity.Size;
        var part = range ?? new ByteRange(0, identity.Size);
        if (!isWhole && PartProof.Judge(response, part, identity) != PartVerdict.Same)
        {
            throw new RestartDownloadException(
                RestartCause.Replaced, $"The object behind {source.Subject} was replaced while it was compared");
        }

        if (isWhole)
            Restart();
        using var connection = _watch.Add(cancellationToken);
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockLength);
        int longest = Math.Min(BlockLength, context.Limiter?.LargestRead ?? int.MaxValue);
        try
        {
            using var body = await response.OpenAsync(connection.Token).ConfigureAwait(false);
            while (_position < identity.Size)
            {
                connection.Touch();
                int most = (int)Math.Min(longest, identity.Size - _position);
                int count = await HttpBody.ReadAsync(body, block, most, connection.Token).ConfigureAwait(false);
                if (count == 0)
                    throw new IOException("the response ended early");
                connection.NoteBytes(count);
                _sha256.AppendData(block, 0, count);
                _md5.AppendData(block, 0, count);
                _position += count;
                progress.Add(count);
                connection.Pause();
                if (context.Limiter is { } limiter)
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
        progress.Begin(identity.Size, 0);
    }
}
