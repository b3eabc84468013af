using System;

namespace BackupLinks.Catalog.Status;

/// <summary>
/// How well an instance is backed up, the worst first. Words, and not an enumeration, whose members are numbers in
/// JSON.
/// </summary>
public static class InstanceState
{
    /// <summary>The cloud did not list its backups, so that a failure there would not be seen.</summary>
    public const string Unreachable = nameof(Unreachable);

    /// <summary>The cloud has no backup of it that can be downloaded.</summary>
    public const string NoBackupInCloud = nameof(NoBackupInCloud);

    /// <summary>A saved file is damaged, or has changed since it was saved.</summary>
    public const string Damaged = nameof(Damaged);

    /// <summary>A saved file is not on the disk, or no whole backup was saved.</summary>
    public const string Missing = nameof(Missing);

    /// <summary>The newest good backup is too old.</summary>
    public const string Stale = nameof(Stale);

    /// <summary>The newest attempt in the cloud failed, whatever the age of the last good backup.</summary>
    public const string Failed = nameof(Failed);

    /// <summary>The newest backup is much smaller than those before it, or has no bytes.</summary>
    public const string Suspicious = nameof(Suspicious);

    /// <summary>The newest backup was not tested.</summary>
    public const string NotTested = nameof(NotTested);

    /// <summary>It has no backup yet, and was created a short time ago; this is not an alarm.</summary>
    public const string New = nameof(New);

    /// <summary>The complete list of its service no longer has it; this is not an alarm.</summary>
    public const string Gone = nameof(Gone);

    /// <summary>The newest backup is young enough, whole, and tested.</summary>
    public const string Ok = nameof(Ok);

    /// <summary>For the cloud alone: no instances came through the pipeline.</summary>
    public const string NotAsked = nameof(NotAsked);

    /// <summary>The states of an instance, the worst first.</summary>
    internal static readonly string[] WorstFirst =
        [Unreachable, NoBackupInCloud, Damaged, Missing, Stale, Failed, Suspicious, NotTested, New, Gone, Ok];

    /// <summary>True for a state that a person must look at.</summary>
    internal static bool IsAlarm(string state) => state is not (Ok or New or Gone or NotAsked);

    /// <summary>The place of a state, 0 for the worst; an unknown word is no better than any.</summary>
    internal static int Rank(string state) => Array.IndexOf(WorstFirst, state);
}
