using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Http;

namespace BackupLinks.Transfer;

/// <summary>
/// Accepts a file as a backup by the report of its test, or says what is wrong with it, and where that began.
/// </summary>
/// <param name="source">The object.</param>
/// <param name="repair">Requests bad bytes once more.</param>
/// <param name="log">Takes warnings.</param>
internal sealed class BackupVerification(TransferSource source, BackupRepair repair, RequestLog log)
{
    /// <summary>Accepts a downloaded file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="result">The download, with its report.</param>
    /// <param name="cancellationToken">Ends the second request.</param>
    /// <returns>The download, with the hash and the report of the repaired file where it was repaired.</returns>
    /// <exception cref="NotABackupException">The file is evidently not a backup.</exception>
    /// <exception cref="RestartDownloadException">The object was replaced since it was downloaded.</exception>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.BackupDamaged"/> or <see cref="ErrorKind.BackupTruncated"/>: the file is kept beside its
    /// name.
    /// </exception>
    public async Task<DownloadResult> AcceptAsync(
        PartialFile file, DownloadResult result, CancellationToken cancellationToken)
    {
        var report = result.Report!;
        if (IsJunk(report))
            throw new NotABackupException(report.Problem!);
        if (!IsSuspect(report))
        {
            WarnOfUntested(report);
            return result;
        }

        string origin = "";
        if (result.VerifiedBy is not null || report.ProblemRange is null)
        {
            origin = " at the source";
        }
        else if (result.Identity.IsProvable && !result.IsDecoded)
        {
            (result, origin) = await RepairAsync(result, cancellationToken).ConfigureAwait(false);
            report = result.Report!;
        }

        if (!IsBad(report))
        {
            WarnOfUntested(report);
            return result;
        }

        string path = await Task.Run(
            () => file.FinishDamaged(result.Size, result.Sha256, result.LastModified), CancellationToken.None)
            .ConfigureAwait(false);
        throw new BackupLinksException(
            KindOf(report),
            $"{source.Subject} is {StateOf(report)}{origin}: {WithoutState(report.Problem)}; "
                + $"it is kept as '{path}' for a look at it, so make the backup again, or take another one.");
    }

    // The first request is for the bytes that are known to be bad. Where others are bad behind them, the second one is
    // for all that follows.
    private async Task<(DownloadResult Result, string Origin)> RepairAsync(
        DownloadResult result, CancellationToken cancellationToken)
    {
        ByteRange? first = null;
        long total = 0;
        while (result.Report!.ProblemRange is { } bad)
        {
            var range = new ByteRange(bad.Start, first is null ? bad.End : result.Size);
            long? different = await TryReplaceAsync(range, result.Identity, cancellationToken).ConfigureAwait(false);
            if (different is not > 0)
                return (result, different == 0 ? " at the source" : "");
            total += different.Value;
            result = await repair.TestAsync(result, cancellationToken).ConfigureAwait(false);
            if (!IsSuspect(result.Report!))
            {
                WarnOfRepair(new ByteRange(first?.Start ?? range.Start, range.End), total);
                return (result, "");
            }

            if (first is not null)
                return (result, ", and the store sends other bytes each time");
            first = range;
        }

        return (result, "");
    }

    /// <summary>Accepts a file that was there already.</summary>
    /// <param name="report">What its test found.</param>
    /// <exception cref="BackupLinksException">It is not a backup, or not a whole one.</exception>
    public static void RequireGood(BackupFileReport report)
    {
        if (!IsBad(report) && !IsJunk(report))
            return;
        throw new BackupLinksException(
            KindOf(report),
            $"'{report.Path}' is there already, and is {StateOf(report)}: {WithoutState(report.Problem)}; "
                + "pass -Force to download it again.");
    }

    private static bool IsBad(BackupFileReport report) =>
        report.State is BackupFileState.Damaged or BackupFileState.Truncated or BackupFileState.TrailingData;

    // One damaged bit of a header may say that a format is of another variant.
    private static bool IsSuspect(BackupFileReport report) =>
        IsBad(report) || (report.State == BackupFileState.Unsupported && report.ProblemRange is not null);

    // A format that is not known may be a backup all the same.
    private static bool IsJunk(BackupFileReport report) =>
        report.State == BackupFileState.Empty
        || (report.State == BackupFileState.NotABackup && (report.Layers.Count > 0 || report.IsJunk));

    private static ErrorKind KindOf(BackupFileReport report) =>
        IsJunk(report) ? ErrorKind.NotABackup
        : report.State == BackupFileState.Truncated ? ErrorKind.BackupTruncated
        : ErrorKind.BackupDamaged;

    private static string StateOf(BackupFileReport report) =>
        IsJunk(report) ? "not a backup" : report.State == BackupFileState.Truncated ? "cut" : "damaged";

    // The problem begins with the state, too.
    private static string? WithoutState(string? problem)
    {
        foreach (string state in new[] { "damaged: ", "cut: " })
        {
            if (problem?.StartsWith(state, StringComparison.Ordinal) == true)
                return problem.Substring(state.Length);
        }

        return problem;
    }

    private async Task<long?> TryReplaceAsync(
        ByteRange range, ObjectIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            return await repair.ReplaceAsync(range, identity, cancellationToken).ConfigureAwait(false);
        }
        catch (BackupLinksException e)
        {
            log.Tell?.Invoke($"The bad bytes of {source.Subject} could not be requested again: {e.Message}");
            return null;
        }
    }

    private void WarnOfUntested(BackupFileReport report)
    {
        if (report.State is BackupFileState.Unsupported or BackupFileState.NotABackup)
            log.Warn($"{source.Subject} is saved, and could not be tested: {report.Problem}.");
        else if (report.State is BackupFileState.Unverifiable && report.Layers.Any(layer => layer.IsUnsure))
            log.Warn($"{source.Subject} is saved, and the test cannot tell whether it is whole: {report.Problem}.");
        else if (report is { State: BackupFileState.Unverifiable, Format: TextVerifier.FormatName }
            && source.Ids.LogId is null && !ErrorDocument.IsTextName(source.FileName))
        {
            log.Warn(
                $"{source.Subject} is saved, and is plain text, which may be a message in its place; look into it.");
        }
    }

    private void WarnOfRepair(ByteRange range, long different) => log.Warn(string.Format(
        CultureInfo.InvariantCulture,
        "{0} was damaged on its way, in {1} of the bytes {2} to {3}; they were requested again, and the file is whole "
            + "now. Check the network and the proxy.",
        source.Subject, different, range.Start, range.End - 1));
}
