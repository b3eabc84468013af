using System;
using BackupLinks.Errors;

namespace BackupLinks.Transfer;

/// <summary>The bytes that came cannot be continued; the transfer begins again.</summary>
/// <param name="cause">Why, for the policy.</param>
/// <param name="reason">Why, for people: the first half of a sentence.</param>
/// <param name="giveUp">
/// The error after so many attempts, for a connection that broke or a body that cannot be decoded; null for the other
/// causes.
/// </param>
internal sealed class RestartDownloadException(
    RestartCause cause, string reason, Func<int, BackupLinksException>? giveUp = null) : Exception(reason)
{
    /// <summary>Why.</summary>
    public RestartCause Cause => cause;

    /// <summary>The error after so many attempts; null for a cause that has none of its own.</summary>
    public Func<int, BackupLinksException>? GiveUp => giveUp;
}
