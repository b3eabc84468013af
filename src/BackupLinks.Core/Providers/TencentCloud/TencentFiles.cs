using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.TencentCloud;

/// <summary>The files of a backup, or of a log.</summary>
/// <param name="Files">The files.</param>
internal sealed record TencentFiles(IReadOnlyList<TencentFile> Files)
{
    /// <summary>Why there are no files; null when there may be.</summary>
    public ApiException? Problem { get; init; }

    /// <summary>The state of links that the provider makes first; null when it has made them.</summary>
    public string? PendingState { get; init; }

    /// <summary>Finds them while they are being made; null for the same request again.</summary>
    public Func<CancellationToken, Task<TencentFiles>>? FindAgainAsync { get; init; }

    /// <summary>A remark about the item, as the end of a sentence that begins with it; null for none.</summary>
    public string? Remark { get; init; }
}
