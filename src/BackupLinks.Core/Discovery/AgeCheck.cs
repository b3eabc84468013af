using System;
using BackupLinks.Errors;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Discovery;

/// <summary>Compares the newest backup of an instance with the age that is allowed, and words what is wrong.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Maximum">The most age that is allowed.</param>
/// <param name="Now">The time by the provider's clock.</param>
internal sealed record AgeCheck(InstanceReference Instance, TimeSpan Maximum, DateTimeOffset Now)
{
    /// <summary>More than two clocks and two zones can differ by.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromDays(1.5);

    /// <summary>
    /// The error for a backup that is too old, or whose age is not known; null for one that is young enough.
    /// </summary>
    /// <param name="backup">The newest that can be downloaded.</param>
    /// <param name="what">A further description, with a space in front; or nothing.</param>
    /// <param name="attempt">A newer one that cannot be downloaded; null for none.</param>
    public BackupLinksException? TooOld(IBackup backup, string what, IBackup? attempt)
    {
        // An incremental backup that is complete may be one that cannot be downloaded.
        attempt = attempt?.Status == backup.Status ? null : attempt;
        if (backup.BackupTime is not { } time)
        {
            return Error(
                ErrorKind.BackupTooOld, $"states no time for its newest backup{what}, so that its age is unknown",
                attempt);
        }

        if (time - Now > MostAhead)
        {
            return Error(
                ErrorKind.BackupTooOld,
                $"states {Text(time)} for its newest backup{what}, which is in the future, so that its age is unknown",
                attempt);
        }

        return Now - time <= Maximum ? null : Error(
            ErrorKind.BackupTooOld,
            $"has no backup{what} of the last {AgeText.Format(Maximum)}: the newest that can be downloaded is of "
                + $"{Text(time)}, {AgeText.Format(Now - time)} ago",
            attempt);
    }

    /// <summary>The error for an instance without a backup that can be downloaded.</summary>
    /// <param name="what">The type of the missing backup, with a space in front; or nothing.</param>
    /// <param name="isNarrow">True when the list has been narrowed down.</param>
    /// <param name="attempt">The newest that cannot be downloaded; null for none.</param>
    /// <param name="reason">Why there is none, and what to do; null for what a policy mends.</param>
    public BackupLinksException None(string what, bool isNarrow, IBackup? attempt, string? reason)
    {
        string problem = $"has no backup{what} that can be downloaded{(isNarrow ? " among the requested ones" : "")}";
        return reason is null ? Error(ErrorKind.NoBackup, problem, attempt)
            : new BackupLinksException(ErrorKind.NoBackup, $"{Subject} {problem}: {reason}.");
    }

    /// <summary>
    /// The error for an instance whose newest attempt failed, though an older backup is young enough.
    /// </summary>
    /// <param name="backup">The newest that can be downloaded.</param>
    /// <param name="what">The type of the failed backup, with a space in front; or nothing.</param>
    /// <param name="attempt">The newer one that failed.</param>
    public BackupLinksException NewerFailed(IBackup backup, string what, IBackup attempt) => Error(
        ErrorKind.NewerBackupFailed,
        $"has a backup{what} of {Text(attempt.BackupTime)} that failed ('{ScreenText.Excerpt(attempt.Status)}') "
        + $"after the newest that can be downloaded, of {Text(backup.BackupTime)}",
        attempt: null);

    private BackupLinksException Error(ErrorKind kind, string problem, IBackup? attempt)
    {
        string newer = attempt is null ? ""
            : $", and one{(attempt.BackupTime is null ? "" : $" of {Text(attempt.BackupTime)}")} is in the state "
            + $"'{ScreenText.Excerpt(attempt.Status ?? "unknown")}'";
        return new BackupLinksException(
            kind, $"{Subject} {problem}{newer}; check its backup policy at the provider, or start a backup manually.");
    }

    private string Subject =>
        Instance.ToString() is var text ? char.ToUpperInvariant(text[0]) + text.Substring(1) : "";

    private static string Text(DateTimeOffset? time) =>
        time is { } known ? AgeText.FormatMoment(known) : "an unknown time";
}
