using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using BackupLinks.Http;

namespace BackupLinks.Sessions;

/// <summary>
/// The state that the module keeps between commands of one runspace: connections, the hosts' clocks and limits, and
/// what providers said. Runspaces share nothing.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private static readonly ConditionalWeakTable<Runspace, ModuleSession> Sessions = new();

    private readonly HashSet<string> _causes = new(StringComparer.Ordinal);

    private ModuleSession(ApiTransport transport) => Transport = transport;

    /// <summary>The session of the runspace that this thread runs for.</summary>
    public static ModuleSession Current => Sessions.GetValue(
        Runspace.DefaultRunspace, static _ => new ModuleSession(new ApiTransport()));

    /// <summary>The way to the network, and what was learned on it.</summary>
    public ApiTransport Transport { get; }

    /// <summary>True the first time that a cause is named.</summary>
    public bool IsFirst(string cause)
    {
        lock (_causes)
            return _causes.Add(cause);
    }

    /// <summary>Begins the session of a runspace with a transport, as with another clock than the machine's.</summary>
    public static void Begin(Runspace runspace, ApiTransport transport) =>
        Sessions.Add(runspace, new ModuleSession(transport));

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
