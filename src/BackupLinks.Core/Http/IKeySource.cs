using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;

namespace BackupLinks.Http;

/// <summary>Has the key that requests are signed with.</summary>
internal interface IKeySource
{
    /// <summary>The key, after <see cref="PrepareAsync"/>.</summary>
    SigningKey Current { get; }

    /// <summary>Requests the key, where that is necessary.</summary>
    /// <exception cref="ApiException">There is no key.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);
}
