using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>A list at a provider, which is asked for page by page, by one reader.</summary>
internal interface IListing<T>
    where T : class
{
    /// <summary>The next results; only the last page has none.</summary>
    /// <exception cref="ApiException">The request was refused, failed, or was answered with something else.</exception>
    Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken);
}
