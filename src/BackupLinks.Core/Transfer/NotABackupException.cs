using System;

namespace BackupLinks.Transfer;

/// <summary>The first bytes of a file are evidently not those of a backup.</summary>
/// <param name="problem">What they are, in a sentence without its end.</param>
internal sealed class NotABackupException(string problem) : Exception(problem);
