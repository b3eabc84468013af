using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Http;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>
/// Looks at the first bytes of an object that neither its size, nor a hash, nor its entity tag tells from an error
/// document.
/// </summary>
internal static class Inspection
{
    private const long TellingSize = 64 * 1024;
    private const int MostTimeouts = 4;

    /// <summary>Finds what is evidently not the file.</summary>
    /// <param name="response">The response; its body can still be read from its beginning.</param>
    /// <param name="source">The object that was requested.</param>
    /// <param name="timeout">How long the first bytes may take.</param>
    /// <param name="clock">The clock that they may take so long by.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null for what may be the file.</returns>
    public static async Task<ErrorDocument?> FindErrorAsync(
        ObjectResponse response, TransferSource source, TimeSpan timeout, Clock clock,
        CancellationToken cancellationToken)
    {
        // A size that is rounded to kilobytes says nothing of a file that is not larger than an error document.
        bool isSizeTelling = source.Size is { } size && (source.SizeUnit == 1 || size >= TellingSize);
        if (!response.IsBeginning)
            return null;
        if (isSizeTelling && response.TotalSize is { } total && source.Fits(total))
            return null;
        // For the look only: a label may be true also where the stored bytes are saved.
        bool isCoded = response.IsWhole && ContentCodings.IsGzipAlone(response);
        byte[] bytes = new byte[ErrorDocument.ShortestLook];
        var look = await LookAsync(response, bytes, GoesOn, timeout, clock, cancellationToken).ConfigureAwait(false);
        if (look is (ErrorDocument.ShortestLook, false) && GoesOn(bytes.Length))
        {
            bytes = new byte[ErrorDocument.LongestLook];
            look = await LookAsync(response, bytes, _ => true, timeout, clock, cancellationToken).ConfigureAwait(false);
        }

        // A longer body is known by the expected hash, once it is there.
        if (look is not var (count, isAll) || (source.ExpectedHash is not null && !isAll))
            return null;
        StatedChecksum[] stated =
        [
            .. StatedChecksums.Of(source, response, isDecoded: false, ignoreEntityTag: false)
                .Where(checksum => checksum.Origin != ChecksumOrigin.Sender),
        ];
        if (count == 0)
        {
            bool isEmptyObject = source.Size is not null || stated.Any(FileChecksums.OfStart(bytes, 0).Match);
            var noError = new ApiErrorBody(null, null, null);
            return isAll && !isEmptyObject ? new ErrorDocument("no byte", noError) : null;
        }

        bool isProved = isAll && stated.Length > 0 && stated.Any(FileChecksums.OfStart(bytes, count).Match);
        if (isProved)
            return null;
        string name = source.FileName;
        if (isCoded)
        {
            (bytes, count) = Decode(bytes, count);
            isAll &= count < bytes.Length;
            if (ContentCodings.IsCompressedName(name))
                name = Path.GetFileNameWithoutExtension(name);
        }

        bool isUntold = !isSizeTelling && response.ETag is null;
        var document = ErrorDocument.Recognize(bytes, count, isAll, name, isUntold, response.IsPage);
        // A file that is a document is one, unless a store says in it that it has failed.
        if (ErrorDocument.IsDocumentName(name)
            && !(isUntold && isAll && StoreRefusal.GetKind(document?.Error.Code) is not null))
        {
            return null;
        }

        // For a document of another size than the file, only its reason matters more than the size.
        bool isOutweighed = isSizeTelling && (!isAll || source.Fits(count) || document?.Error.Code is null);
        return isOutweighed ? null : document;

        bool GoesOn(int read) => isCoded || ErrorDocument.MayBegin(bytes, read);
    }

    /// <summary>True when a body begins as gzip does (RFC 1952), or could not be looked at.</summary>
    public static async Task<bool> IsGzipAsync(
        ObjectResponse response, TimeSpan timeout, Clock clock, CancellationToken cancellationToken)
    {
        byte[]? bytes = await ReadBeginningAsync(response, 2, timeout, clock, cancellationToken).ConfigureAwait(false);
        return bytes is not [var first, var second] || (first, second) is (0x1f, 0x8b);
    }

    /// <summary>Reads up to so many of the first bytes, which the body has again.</summary>
    /// <param name="response">The response.</param>
    /// <param name="count">How many.</param>
    /// <param name="timeout">How long they may take.</param>
    /// <param name="clock">The clock that they may take so long by.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null when they could not be looked at.</returns>
    public static async Task<byte[]?> ReadBeginningAsync(
        ObjectResponse response, int count, TimeSpan timeout, Clock clock, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[count];
        var look = await LookAsync(response, bytes, _ => true, timeout, clock, cancellationToken)
            .ConfigureAwait(false);
        return look is var (read, _) ? bytes.AsSpan(0, read).ToArray() : null;
    }

    // Null when the body broke: the next reader meets that again, and retries. Each byte has its time, and all of them
    // have a few times as much, so that a store that dribbles holds nobody up.
    private static async Task<(int Count, bool IsAll)?> LookAsync(
        ObjectResponse response, byte[] bytes, Func<int, bool> goesOn, TimeSpan timeout, Clock clock,
        CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var end = clock.GetElapsed() + TimeSpan.FromTicks(MostTimeouts * timeout.Ticks);
        try
        {
            return await response.PeekAsync(bytes, GoesOn, timer.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException
            or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        bool GoesOn(int read)
        {
            var left = end - clock.GetElapsed();
            clock.CancelAfter(timer, left < TimeSpan.Zero ? TimeSpan.Zero : left < timeout ? left : timeout);
            return goesOn(read);
        }
    }

    // As far as it goes.
    private static (byte[] Bytes, int Count) Decode(byte[] bytes, int count)
    {
        byte[] decoded = new byte[ErrorDocument.LongestLook];
        int length = 0;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes, 0, count), CompressionMode.Decompress);
            for (int read = 1; read > 0 && length < decoded.Length; length += read)
                read = gzip.Read(decoded, length, decoded.Length - length);
        }
        catch (InvalidDataException)
        {
            // not gzip, whatever its label says
        }

        return (decoded, length);
    }
}
