using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>Takes bytes of an object.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="position">Where they begin in the object.</param>
internal delegate void BytesRead(ArraySegment<byte> bytes, long position);

/// <summary>
/// Reads a part of an object once more without saving it, and resumes after a connection that broke.
/// </summary>
/// <param name="context">What the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="link">Its link.</param>
/// <param name="progress">Takes how far it is.</param>
/// <param name="identity">The version.</param>
/// <param name="range">The part.</param>
internal sealed class RepeatedReading(
    TransferContext context, TransferSource source, RenewableLink link, TransferProgress progress,
    ObjectIdentity identity, ByteRange range)
{
    private const int BlockLength = 64 * 1024;

    private readonly StallWatch _watch = new(context.Settings, context.Transport.Clock);
    private long _position;

    // All bytes came, and perhaps not the end of the body.
    private bool _isOpen;

    /// <summary>The host that responded last, and its proxy.</summary>
    public Responder Sender { get; private set; } = Responder.Of(source.Uri);

    /// <summary>True when the last response states the length.</summary>
    public bool HasLength { get; private set; }

    /// <summary>Reads.</summary>
    /// <param name="restart">Called before the first byte of the part, also when the part begins again.</param>
    /// <param name="take">Takes the bytes of the part in order.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RestartDownloadException">
    /// The object was replaced since it was downloaded, or the download was cut.
    /// </exception>
    /// <exception cref="BackupLinksException">
    /// The store refused or failed, or its response does not prove which version it is of.
    /// </exception>
    public Task RunAsync(Action restart, BytesRead take, CancellationToken cancellationToken) => _watch.WatchAsync(
        async () =>
        {
            Restart(range.Start, restart);
            long furthest = _position;
            // Of an object without bytes a response tells whether it has none.
            bool hasRead = range.Length == 0 && identity.Size > 0;
            for (int failures = 0; !hasRead || _position < range.End || _isOpen;)
            {
                try
                {
                    await ReadAsync(restart, take, cancellationToken).ConfigureAwait(false);
                    hasRead = true;
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException
                    && !cancellationToken.IsCancellationRequested)
                {
                    // A body that begins anew each time makes no progress by that.
                    failures = _position > furthest && e is not SlowConnectionException ? 1 : failures + 1;
                    furthest = Math.Max(furthest, _position);
                    if (failures > context.Settings.MaximumRetryCount)
                        throw TransferErrors.GiveUp(source, Sender, e, failures, identity.IsProvable);
                    await context.PauseAsync(failures, cancellationToken).ConfigureAwait(false);
                }
            }
        },
        cancellationToken);

    private async Task ReadAsync(Action restart, BytesRead take, CancellationToken cancellationToken)
    {
        if (_isOpen)
            Restart(range.Start, restart);
        var part = new ByteRange(_position, range.End);
        ByteRange? requested = part == new ByteRange(0, identity.Size) ? null : part;
        using var response = await context.Client
            .GetAsync(
                source, link, new ObjectRequest(requested, identity.Validator, IsRepeated: true), cancellationToken)
            .ConfigureAwait(false);
        Sender = response.Sender;
        HasLength = response.Length is not null || response.Part is not null;
        bool isWhole = response.IsWhole && response.Validator == identity.Validator
            && (response.Length ?? identity.Size) == identity.Size;
        if (!isWhole)
            RequireSame(response, part);
        // A store that ignores ranges sends the bytes before the part, too.
        if (isWhole)
            Restart(0, restart);
        using var connection = _watch.Add(cancellationToken);
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockLength);
        int longest = Math.Min(BlockLength, context.Limiter?.LargestRead ?? int.MaxValue);
        try
        {
            using var body = await response.OpenAsync(connection.Token).ConfigureAwait(false);
            while (_position < range.End)
            {
                connection.Touch();
                int most = (int)Math.Min(longest, range.End - _position);
                int count = await HttpBody.ReadAsync(body, block, most, connection.Token).ConfigureAwait(false);
                if (count == 0)
                    throw new IOException("the response ended early");
                connection.NoteBytes(count);
                Take(block, count, take);
                connection.Pause();
                if (context.Limiter is { } limiter)
                    await limiter.TakeAsync(count, cancellationToken).ConfigureAwait(false);
            }

            // Where nothing states the size, the size of the download is where its body ended, or was cut.
            if (isWhole && response.Length is null && range.End == identity.Size && !source.HasSize(identity.Size))
            {
                _isOpen = true;
                connection.Touch();
                if (await HttpBody.ReadAsync(body, block, 1, connection.Token).ConfigureAwait(false) > 0)
                    throw Cut();
                _isOpen = false;
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

    private void RequireSame(ObjectResponse response, ByteRange part)
    {
        var verdict = PartProof.Judge(response, part, identity);
        if (verdict == PartVerdict.Same)
            return;
        if (verdict == PartVerdict.Replaced && response.TotalSize > identity.Size
            && response.Validator is not null && response.Validator == identity.Validator)
        {
            throw Cut();
        }

        if (verdict == PartVerdict.Replaced)
        {
            throw new RestartDownloadException(
                RestartCause.Replaced, $"The object behind {source.Subject} was replaced while it was compared");
        }

        throw new BackupLinksException(
            ErrorKind.HashMismatch,
            $"{source.Subject} was not saved, because its bytes are in doubt, and the second response of "
                + $"{response.Sender} does not prove that it is of the same object"
                + (identity.IsProvable ? "; the bytes that came are kept. " : ". ")
                + "Run the command again, or pass -ExpectedHash when the file's hash is known.");
    }

    private RestartDownloadException Cut() => new(
        RestartCause.Broken,
        $"The body of {source.Subject} was cut after {identity.Size} bytes",
        attempts => TransferErrors.GiveUp(
            source, Sender, new IOException("the response was cut"), attempts, isKept: false));

    private void Take(byte[] block, int count, BytesRead take)
    {
        int before = (int)Math.Min(count, Math.Max(0, range.Start - _position));
        if (before < count)
        {
            take(new ArraySegment<byte>(block, before, count - before), _position + before);
            progress.Add(count - before);
        }

        _position += count;
    }

    private void Restart(long position, Action restart)
    {
        _position = position;
        _isOpen = false;
        restart();
        progress.Begin(identity.Size, identity.Size - range.Length);
    }
}
