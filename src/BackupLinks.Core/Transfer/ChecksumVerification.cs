using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Checksums;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Transfer;

/// <summary>
/// Compares a downloaded file with the checksums that are stated of it. The caller's and the provider's must be those
/// of the file. The store's, and one of the provider that is perhaps not of the file, are hints, of which one that is
/// right is enough.
/// </summary>
/// <param name="context">The context that the command's transfers share.</param>
/// <param name="source">The object.</param>
/// <param name="link">Its link.</param>
/// <param name="policy">Knows whether the body was looked at as it is stored.</param>
/// <param name="progress">Takes how far it is.</param>
internal sealed class ChecksumVerification(
    TransferContext context, TransferSource source, RenewableLink link, TransferProgress progress, RestartPolicy policy)
{
    /// <summary>Compares.</summary>
    /// <param name="download">The download.</param>
    /// <param name="file">Its file.</param>
    /// <param name="result">Its result.</param>
    /// <param name="cancellationToken">Ends a second reading.</param>
    /// <exception cref="RestartDownloadException">The bytes that came are not those of the object.</exception>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.HashMismatch"/>.</exception>
    public async Task RunAsync(
        Download download, PartialFile file, DownloadResult result, CancellationToken cancellationToken)
    {
        StatedChecksum[] wrong = [.. result.Stated.Where(stated => !result.Checksums.Match(stated))];
        if (wrong.FirstOrDefault(stated => stated.IsRequired) is { } required)
            throw Refuse(file, result, required);
        if (wrong.Length == 0)
            return;
        // Decoding changes all checksums; the bytes of the store may have the provider's. When these do not either, it
        // decides nothing.
        bool isUndecided = result.IsDecoded
            ? !policy.HasTriedStored : !policy.MayDecode && result.VerifiedBy is null;
        if (isUndecided && wrong.FirstOrDefault(IsProviders) is { } doubtful)
        {
            throw result.IsDecoded ? DecodedWrong(Problem(result, doubtful)) : new RestartDownloadException(
                RestartCause.StoredWrong, $"The stored body of {source.Subject} {Problem(result, doubtful)}, too");
        }

        if (result.IsDecoded && wrong.All(IsProviders))
        {
            context.Log.Warn(
                $"{source.Subject} {Compare(result, wrong)}, and nor does its body have it as it is stored. It is "
                + "saved decoded; Test-BackupFile shows whether it is whole.");
            return;
        }

        if (result.VerifiedBy is null)
        {
            await ResolveDoubtAsync(download, file, result, wrong, cancellationToken).ConfigureAwait(false);
            return;
        }

        string finding = $"{source.Subject} {Compare(result, wrong)}; its {result.VerifiedBy} is right";
        if (wrong.Any(IsProviders))
            context.Log.Warn(finding + ", so the file is saved. Test-BackupFile shows whether it is whole.");
        else
            context.Log.Tell?.Invoke(finding + ".");
    }

    private BackupLinksException Refuse(PartialFile file, DownloadResult result, StatedChecksum stated)
    {
        string problem = Problem(result, stated);
        if (result.BytesResumed > 0)
        {
            throw new RestartDownloadException(
                RestartCause.Spoilt, $"{source.Subject} {problem}, and a part of it is of an earlier run");
        }

        if (result.IsDecoded)
            throw DecodedWrong(problem);
        file.Discard();
        return new BackupLinksException(
            ErrorKind.HashMismatch,
            $"{source.Subject} {problem}, and was not saved; try again, and "
                + (stated.Origin == ChecksumOrigin.Caller ? "check the expected hash" : "make the backup again")
                + " if it stays so.");
    }

    private RestartDownloadException DecodedWrong(string problem) =>
        new(RestartCause.DecodedWrong, $"The decoded body of {source.Subject} {problem}");

    private static string Problem(DownloadResult result, StatedChecksum stated)
    {
        string? actual = result.Checksums.Of(stated.Algorithm);
        return stated.Origin == ChecksumOrigin.Caller
            ? $"has the hash {actual}, where {stated.Value} was expected"
            : $"has the {stated.Algorithm} {actual}, where the provider states {stated.Value}";
    }

    private static bool IsProviders(StatedChecksum stated) => stated.Origin == ChecksumOrigin.ProviderPerhaps;

    private static string StaterOf(StatedChecksum stated) => IsProviders(stated) ? "provider" : "store";

    // An entity tag of 32 digits is the MD5 of most objects, and none of some. A second reading tells.
    private async Task ResolveDoubtAsync(
        Download download, PartialFile file, DownloadResult result, StatedChecksum[] wrong,
        CancellationToken cancellationToken)
    {
        download.SaveWhole(result.Identity);
        bool isOnlyTag = wrong.All(stated => stated.Origin == ChecksumOrigin.EntityTag);
        context.Log.Warn(
            $"{source.Subject} {Compare(result, wrong)}. The object is read once more to find out"
            + (isOnlyTag ? "; -IgnoreEntityTag omits that." : "."));
        using var reading = new SecondReading(context, source, link, progress, result.Identity);
        var second = await reading.RunAsync(cancellationToken).ConfigureAwait(false);
        if (second.Sha256 == result.Sha256)
        {
            // Two algorithms are not wrong by the same chance, and the store and the provider not by the same number:
            // something on the way spoils each reading alike.
            if (wrong.Select(stated => stated.Algorithm).Distinct().Count() > 1
                || wrong.Select(stated => stated.Value).Distinct().Count() < wrong.Length)
                throw SpoiltTwice(result, wrong, reading.Sender.Route);
            if (!result.HasLength && !reading.HasLength)
            {
                file.Discard();
                throw CutTwice(result, wrong, reading.Sender.Route);
            }

            string mistakes = string.Join(" and ", wrong.Select(stated => stated.Origin == ChecksumOrigin.EntityTag
                ? "the store's entity tag is not its MD5"
                : $"the {stated.Algorithm} that the {StaterOf(stated)} states is not that of the object"));
            context.Log.Warn(
                $"Two readings of {source.Subject} have the same SHA-256, so {mistakes}; the file is saved."
                + (wrong.Any(IsProviders) ? " Test-BackupFile shows whether it is whole." : ""));
            return;
        }

        if (wrong.Any(second.Match) || result.BytesResumed > 0)
            throw new RestartDownloadException(RestartCause.Spoilt, $"{source.Subject} was spoilt on its way");
        string others = string.Join(" and ", wrong.Select(stated => stated.Origin == ChecksumOrigin.EntityTag
            ? $"from the store's entity tag {stated.Value}"
            : $"from the {stated.Algorithm} {stated.Value} that the {StaterOf(stated)} states"));
        throw new BackupLinksException(
            ErrorKind.HashMismatch,
            $"Two readings of {source.Subject} differ from each other and {others}, so the file was not saved"
                + $"{Kept(result, "; its")}. Check the network and the proxy, and run the command again.");
    }

    // Without a validator no later run could tell whether they are of the same object.
    private static string Kept(DownloadResult result, string its) =>
        result.Identity.IsProvable ? its + " bytes are kept as a partial file" : "";

    private BackupLinksException SpoiltTwice(
        DownloadResult result, StatedChecksum[] wrong, string route) => new(
        ErrorKind.HashMismatch,
        $"{source.Subject} {Compare(result, wrong)}. Two readings{route} have the same SHA-256, so the file was not "
            + $"saved{Kept(result, ", and its")}. Check the proxy and its cache, and run the command again"
            + (wrong.Any(stated => stated.Origin == ChecksumOrigin.EntityTag)
                ? "; -IgnoreEntityTag is for a store that is known to state both wrong." : "."));

    private BackupLinksException CutTwice(DownloadResult result, StatedChecksum[] wrong, string route) => new(
        ErrorKind.HashMismatch,
        $"{source.Subject} {Compare(result, wrong)}. Two readings{route} ended after {result.Size} bytes, where "
            + "nothing states the length, so both may have been cut, and the file was not saved. Check the proxy, and "
            + "run the command again, or pass -ExpectedHash when the file's hash is known"
            + (result.HasEnd && wrong.All(stated => stated.Origin == ChecksumOrigin.EntityTag)
                ? "; -IgnoreEntityTag is for a store whose tags are no MD5." : "."));

    private static string Compare(DownloadResult result, StatedChecksum[] wrong) => string.Join(
        ", and ",
        wrong.Select(stated => $"has the {stated.Algorithm} {result.Checksums.Of(stated.Algorithm)}, "
            + (stated.Origin == ChecksumOrigin.EntityTag
                ? $"and the store's entity tag is {stated.Value}, which may not be an MD5"
                : $"and the {StaterOf(stated)} states {stated.Value}")));
}
