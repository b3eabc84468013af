using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// The machine's time, by which each wait takes a hundredth: for tests of what follows a wait. The hosts of a test may
/// be asked a hundred times as often.
/// </summary>
internal sealed class HurriedClock : Clock
{
    private const int Haste = 100;

    public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        base.DelayAsync(delay / Haste, cancellationToken);
}
