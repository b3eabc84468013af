using System;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>A log file of an instance.</summary>
/// <param name="Action">The action whose list it is in.</param>
/// <param name="Name">The name, or the id where names repeat.</param>
/// <param name="Start">The time of its first entry.</param>
/// <param name="File">The file; null for one that cannot be downloaded yet.</param>
internal sealed record AlibabaLog(string Action, string Name, DateTimeOffset Start, SandboxObject? File)
{
    /// <summary>The time of its last entry.</summary>
    public DateTimeOffset End => Start.AddHours(4);

    /// <summary>The host or node that wrote it.</summary>
    public string? Node { get; init; }
}
