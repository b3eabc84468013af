using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;

namespace BackupLinks.Http;

/// <summary>The key that a secret has.</summary>
/// <param name="key">The key.</param>
internal sealed class FixedKey(SigningKey key) : IKeySource
{
    public SigningKey Current => key;

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
