using System;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Discovery;

/// <summary>One of several lists, each of which is for another kind of instance.</summary>
/// <param name="Open">Opens it; null for an empty list.</param>
internal sealed record Alternative<T>(Func<CancellationToken, Task<IListing<T>?>> Open)
    where T : class
{
    /// <summary>
    /// False when the instance is known to be of another kind, so that a refusal of the list says no more than that.
    /// </summary>
    public Func<CancellationToken, Task<bool>> MayBeForInstance { get; init; } = static _ => Task.FromResult(true);

    /// <summary>Makes one of a list.</summary>
    public static Alternative<T> Of(Func<IListing<T>?> open) => new(_ => Task.FromResult(open()));
}
