using System;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using BackupLinks.Http;

namespace BackupLinks.Pipeline;

/// <summary>
/// What the module keeps between commands of one runspace: connections, the hosts' clocks and limits, and
/// what providers said. Runspaces share nothing.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private static readonly ConditionalWeakTable<Runspace, ModuleSession> Sessions = new();

    private ModuleSession()
    {
    }

    /// <summary>The session of the runspace that this thread runs for.</summary>
    public static ModuleSession Current => Sessions.GetValue(Runspace.DefaultRunspace, static _ => new ModuleSession());

    /// <summary>The way to the network, and what was learned on it.</summary>
    public ApiTransport Transport { get; } = new();

    /// <summary>Closes the connections of this thread's runspace and forgets its tokens.</summary>
    public static void End()
    {
        if (Runspace.DefaultRunspace is { } runspace && Sessions.TryGetValue(runspace, out var session))
        {
            Sessions.Remove(runspace);
            session.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Transport.Dispose();
}
