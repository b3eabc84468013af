namespace BackupLinks.Discovery;

/// <summary>A backup or a log of a list that says why some of its entries have no link.</summary>
internal interface IObstructed
{
    /// <summary>Why there is no link, and what to do; null for an entry that has one.</summary>
    string? LinkObstacle { get; }
}
