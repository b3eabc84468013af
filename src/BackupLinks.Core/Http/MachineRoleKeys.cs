using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Text;

namespace BackupLinks.Http;

/// <summary>The keys of a role as one session uses them. Its scrubber learns each: no error shows one.</summary>
/// <param name="source">Has the keys.</param>
/// <param name="scrubber">Learns them.</param>
/// <param name="log">Told of requests.</param>
internal sealed class MachineRoleKeys(MachineRoleSource source, SecretScrubber scrubber, RequestLog log) : IKeySource
{
    private volatile SigningKey? _current;

    public SigningKey Current => _current ?? throw new InvalidOperationException("No key was requested.");

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var key = (await source.GetAsync(log, cancellationToken).ConfigureAwait(false)).Key;
        if (ReferenceEquals(key, _current))
            return;
        scrubber.Learn(key.Secret);
        scrubber.Learn(key.Token);
        _current = key;
    }
}
