using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using BackupLinks.Errors;

namespace BackupLinks.Transfer;

/// <summary>The errors of a transfer that a store's responses lead to.</summary>
internal static class TransferErrors
{
    /// <summary>True for a failure of a connection or of a body, after which the rest is requested again.</summary>
    public static bool IsTransient(Exception error) =>
        error is HttpRequestException or IOException or TimeoutException or InvalidDataException;

    /// <summary>True for an error of a store that may serve fewer connections at a time.</summary>
    public static bool IsOverload(Exception error) =>
        error is BackupLinksException
        {
            Kind: ErrorKind.ServiceUnavailable or ErrorKind.Throttled or ErrorKind.Stalled,
        };

    /// <summary>A transient failure in a few words.</summary>
    public static string Describe(Exception error) => error switch
    {
        SlowConnectionException => error.Message,
        TimeoutException => "no byte came in time",
        _ => "the connection broke",
    };

    /// <summary>The object has another size than the provider states.</summary>
    /// <param name="source">The object.</param>
    /// <param name="actual">Its bytes in the store.</param>
    /// <param name="isAtLeast">True when there may be more.</param>
    public static BackupLinksException WrongSize(TransferSource source, long actual, bool isAtLeast) => new(
        ErrorKind.SizeMismatch,
        string.Format(
            CultureInfo.InvariantCulture,
            "{0} has {1}{2} bytes in the store, where {3}{4} were stated, and was not saved; "
                + "get a new link, and check that the backup is finished.",
            source.Subject, actual, isAtLeast ? " or more" : "", source.SizeUnit > 1 ? "about " : "", source.Size));

    /// <summary>A response that cannot be the file.</summary>
    /// <param name="response">The response.</param>
    /// <param name="what">The subject.</param>
    /// <param name="isHashMissing">True when a hash would tell whether it is the file.</param>
    public static ApiException Unusable(ObjectResponse response, string what, bool isHashMissing) => new(
        ErrorKind.InvalidResponse,
        $"{response.Sender} responded with {what}; get a new link"
            + (isHashMissing ? ", or pass -ExpectedHash when the file's hash is known." : "."))
    {
        StatusCode = response.Status,
    };

    /// <summary>A connection that broke, or was broken for its silence, once too often.</summary>
    /// <param name="source">The object.</param>
    /// <param name="sender">The host whose response broke last.</param>
    /// <param name="failure">The last failure.</param>
    /// <param name="attempts">How often in a row.</param>
    /// <param name="isKept">True when the bytes that came are kept for a later run.</param>
    public static BackupLinksException GiveUp(
        TransferSource source, Responder sender, Exception failure, int attempts, bool isKept)
    {
        string tries = attempts == 1 ? "one attempt" : $"{attempts} attempts in a row";
        string kept = isKept ? "; the bytes that came are kept" : "";
        return failure switch
        {
            SlowConnectionException slow => new BackupLinksException(
                ErrorKind.Stalled,
                $"{sender} sent {source.Subject} more slowly than {slow.Floor} bytes a second, in {tries}{kept}; "
                    + "run the command again later, or lower -MinimumSpeed."),
            TimeoutException => new BackupLinksException(
                ErrorKind.Stalled,
                $"No byte of {source.Subject} came from {sender} in time, in {tries}{kept}; "
                    + "run the command again, or raise -StallTimeoutSec."),
            InvalidDataException => new BackupLinksException(
                ErrorKind.InvalidResponse,
                $"The compressed body of {source.Subject} from {sender} cannot be decoded: {failure.Message}; "
                    + "get a new link, or save it under a name that ends with .gz to keep its bytes."),
            _ => new BackupLinksException(
                ErrorKind.ServiceUnavailable,
                $"The connection to {sender} broke during the download of {source.Subject}, in {tries}{kept}; "
                    + "check the network and the proxy, and run the command again."),
        };
    }
}
