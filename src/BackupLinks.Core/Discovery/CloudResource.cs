namespace BackupLinks.Discovery;

/// <summary>Something that a service of a cloud lists: an instance, a backup or a log.</summary>
public abstract class CloudResource
{
    private protected CloudResource()
    {
    }

    /// <summary>The key of the service that listed it: <c>HuaweiCloud.Rds</c>.</summary>
    public string Service => Origin?.Service ?? "";

    /// <summary>
    /// Where it came from, for the next request in the same process. It is not a property of the object for anyone
    /// else: it goes into no file and over no wire.
    /// </summary>
    internal ResourceOrigin? Origin { get; set; }
}
