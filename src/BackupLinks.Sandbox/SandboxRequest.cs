using System;
using System.Collections.Generic;

namespace BackupLinks.Sandbox;

/// <summary>A request that the sandbox got, as it came over the wire.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query, byte for byte.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body as text.</param>
/// <param name="Started">When it came.</param>
/// <param name="Status">The status of its response.</param>
public sealed record SandboxRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset Started,
    int Status);
