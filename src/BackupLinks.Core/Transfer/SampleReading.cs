using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Shims;

namespace BackupLinks.Transfer;

/// <summary>
/// Reads short parts of an object into memory, and requests a part again after a connection that broke.
/// </summary>
/// <param name="context">What the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="link">Its link.</param>
internal sealed class SampleReading(TransferContext context, TransferSource source, RenewableLink link)
{
    private readonly StallWatch _watch = new(context.Settings, context.Transport.Clock);
    private Responder _sender = Responder.Of(source.Uri);

    /// <summary>Reads a part.</summary>
    /// <param name="range">The part.</param>
    /// <param name="first">A response with it; null to request one.</param>
    /// <param name="validator">The <see cref="ObjectValidator"/> that the object must still have.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when the store sends another part, or another version.</returns>
    /// <exception cref="Errors.BackupLinksException">The store refused or failed.</exception>
    public async Task<byte[]?> TryReadAsync(
        ByteRange range, ObjectResponse? first, string? validator, CancellationToken cancellationToken)
    {
        byte[]? bytes = null;
        await _watch.WatchAsync(
            async () =>
            {
                for (int failures = 0; ;)
                {
                    try
                    {
                        using var response = first ?? await context.Client
                            .GetAsync(source, link, range, null, cancellationToken).ConfigureAwait(false);
                        first = null;
                        _sender = response.Sender;
                        bytes = response.Validator == validator
                            ? await ReadAsync(response, range, cancellationToken).ConfigureAwait(false) : null;
                        return;
                    }
                    catch (Exception e) when (TransferErrors.IsTransient(e)
                        && !cancellationToken.IsCancellationRequested)
                    {
                        if (++failures > context.Settings.MaximumRetryCount)
                            throw TransferErrors.GiveUp(source, _sender, e, failures, isKept: false);
                        await context.PauseAsync(failures, cancellationToken).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    // Less than was requested is no sample; a body that is longer proves nothing, and may have no end.
    private async Task<byte[]?> ReadAsync(
        ObjectResponse response, ByteRange range, CancellationToken cancellationToken)
    {
        if (response.Part is not { } part || part.Range != range)
            return null;
        using var connection = _watch.Add(cancellationToken);
        byte[] bytes = new byte[range.Length];
        byte[] block = new byte[16 * 1024];
        try
        {
            var body = await response.OpenAsync(connection.Token).ConfigureAwait(false);
            for (int length = 0; ;)
            {
                connection.Touch();
                int count = await HttpBody.ReadAsync(body, block, block.Length, connection.Token)
                    .ConfigureAwait(false);
                if (count == 0)
                    return length == bytes.Length ? bytes : null;
                if (length + count > bytes.Length)
                    return null;
                Array.Copy(block, 0, bytes, length, count);
                length += count;
                connection.NoteBytes(count);
            }
        }
        catch (OperationCanceledException e) when (connection.IsStalled && !cancellationToken.IsCancellationRequested)
        {
            throw connection.ToException(e);
        }
    }
}
