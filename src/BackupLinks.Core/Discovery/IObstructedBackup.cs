namespace BackupLinks.Discovery;

/// <summary>A backup of a list that says why some of its backups have no link.</summary>
internal interface IObstructedBackup
{
    /// <summary>Why there is no link, and what to do; null for a backup that has one.</summary>
    string? LinkObstacle { get; }
}
