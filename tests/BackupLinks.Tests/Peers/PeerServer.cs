using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Peers;

/// <summary>A database server of this machine, in a folder of its own and on a socket in it, for as long as a test
/// runs.</summary>
internal abstract class PeerServer : IDisposable
{
    private Process? _process;

    /// <summary>Makes the folder.</summary>
    protected PeerServer() => Directory.CreateDirectory(Folder);

    /// <summary>The folder of its data, its socket, and what the test makes.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "db." + Guid.NewGuid().ToString("N")[..8]);

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Ends the server, which may write to its files no more.</summary>
    public void Stop()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>What it wrote.</returns>
    protected static string Run(string program, params string[] arguments)
    {
        var (exitCode, output) = Peer.Run(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output;
    }

    /// <summary>Starts the server.</summary>
    /// <param name="isReady">Whether it accepts connections.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments; the server writes to a log and not to its output.</param>
    protected void Start(Func<bool> isReady, string program, params string[] arguments)
    {
        _process = ChildProcess.Start(program, arguments, redirectError: true);
        Assert.True(
            SpinWait.SpinUntil(() => _process.HasExited || isReady(), TestTimeout.Hang) && !_process.HasExited,
            $"{program} does not accept connections.");
    }
}
