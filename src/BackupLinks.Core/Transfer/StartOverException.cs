using System;
using BackupLinks.Errors;

namespace BackupLinks.Transfer;

/// <summary>What has come cannot be gone on with; the transfer begins again.</summary>
/// <param name="reason">Why, as the first half of a sentence.</param>
/// <param name="withoutRanges">True to ask for the object in one piece from now on.</param>
/// <param name="giveUp">The error when there have been too many of these; null for an object that changed.</param>
internal sealed class StartOverException(string reason, bool withoutRanges, BackupLinksException? giveUp = null) : Exception(reason)
{
    /// <summary>True to ask for the object in one piece from now on.</summary>
    public bool WithoutRanges => withoutRanges;

    /// <summary>The error when there have been too many of these; null for an object that changed.</summary>
    public BackupLinksException? GiveUp => giveUp;
}
