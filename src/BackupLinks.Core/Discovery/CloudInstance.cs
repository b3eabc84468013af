namespace BackupLinks.Discovery;

/// <summary>An instance of a database service. Null means that the provider's list does not say.</summary>
public abstract class CloudInstance : CloudResource
{
    private protected CloudInstance()
    {
    }

    /// <summary>The id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The name.</summary>
    public abstract string? Name { get; }

    /// <summary>The same as <see cref="Name"/>, under the name by which the next commands take it.</summary>
    public string? InstanceName => Name;

    /// <summary>The state in the provider's word.</summary>
    public abstract string? Status { get; }

    /// <summary>The database engine.</summary>
    public abstract string? Engine { get; }

    /// <summary>The version of the engine.</summary>
    public abstract string? EngineVersion { get; }

    /// <summary>The region.</summary>
    public abstract string? Region { get; }

    /// <summary>
    /// The lists of the command that it came from, for the next command in the same process; null when another command
    /// listed it.
    /// </summary>
    internal InstanceLists? Lists { get; set; }

    /// <summary>The name, else the id.</summary>
    public override string ToString() => Name ?? InstanceId;
}
