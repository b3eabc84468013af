using System;

namespace BackupLinks.Sandbox;

/// <summary>The time in the sandbox: the machine's, moved by an offset that a test or an operator sets.</summary>
public sealed class SandboxClock
{
    /// <summary>How far the clouds' clock is ahead of the machine's.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>Now, in the clouds.</summary>
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow + Offset;
}
