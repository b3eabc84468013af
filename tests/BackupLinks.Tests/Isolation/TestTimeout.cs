using System;

namespace BackupLinks.Tests.Isolation;

/// <summary>How long a test waits for an event that comes in any case.</summary>
internal static class TestTimeout
{
    /// <summary>Only a hang reaches it, on the slowest and busiest machine, too.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);
}
