using System;
using BackupLinks.Tests.Isolation;

[assembly: AssemblyFixture(typeof(RunEnd))]

namespace BackupLinks.Tests.Isolation;

/// <summary>
/// Removes the files of the run before the runner ends. All files of a run may take longer than the second that the
/// runner's watchdog allows the process to exit in; ten seconds later it ends the run as failed. See xunit/xunit#3576.
/// </summary>
public sealed class RunEnd : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => TestEnvironment.Leave();
}
