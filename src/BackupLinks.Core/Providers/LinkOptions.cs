using System;
using BackupLinks.Links;

namespace BackupLinks.Providers;

/// <summary>The caller's choices for the links that it requests.</summary>
internal sealed record LinkOptions
{
    /// <summary>The lifetime; null for that of the service.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>True for addresses inside the provider's network.</summary>
    public bool IsIntranet { get; init; }

    /// <summary>The longest wait for links that the service makes first.</summary>
    public TimeSpan WaitTimeout { get; init; } = LinkWaiter.DefaultTimeout;

    /// <summary>The details of the backup in the list.</summary>
    public BackupDetails Details { get; init; } = BackupDetails.None;
}
