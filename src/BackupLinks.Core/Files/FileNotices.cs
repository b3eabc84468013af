using System;

namespace BackupLinks.Files;

/// <summary>Takes lines about files.</summary>
/// <param name="Tell">Takes the ordinary course of things; null when the caller does not show it.</param>
/// <param name="Warn">Takes what an operator may want to act on; null when the caller does not show it.</param>
internal sealed record FileNotices(Action<string>? Tell, Action<string>? Warn)
{
    /// <summary>Shows nothing.</summary>
    public static FileNotices None { get; } = new(null, null);
}
