using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>A list at a provider, which one reader requests page by page.</summary>
internal interface IListing<T>
    where T : class
{
    /// <summary>The next results; only the last page has none.</summary>
    /// <exception cref="ApiException">The request was refused or failed, or the response is unusable.</exception>
    Task<IResultPage<T>> NextAsync(CancellationToken cancellationToken);
}
