using System.Threading.Tasks;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// A sandbox and an engine for all tests of a class, which leave both as they were. No wait of a command takes long.
/// </summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    internal SandboxServer Server { get; private set; } = null!;

    internal ModuleHost Module { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await SandboxServer.StartAsync();
        Module = new ModuleHost(new HurriedClock());
    }

    public async ValueTask DisposeAsync()
    {
        Module.Dispose();
        await Server.DisposeAsync();
    }
}
