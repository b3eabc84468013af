using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Shims;

/// <summary>Connects to the first of several addresses that accepts.</summary>
/// <param name="addresses">The addresses, in the order in which the system's resolver prefers them.</param>
/// <param name="connect">Connects to one of them.</param>
/// <param name="cancellationToken">Cancels all attempts.</param>
internal delegate Task<Socket> ConnectAny(
    IReadOnlyList<IPAddress> addresses, Func<IPAddress, CancellationToken, Task<Socket>> connect,
    CancellationToken cancellationToken);
