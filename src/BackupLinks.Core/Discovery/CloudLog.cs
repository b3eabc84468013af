using System;

namespace BackupLinks.Discovery;

/// <summary>A log of an instance. Null means that the provider's list does not say.</summary>
public abstract class CloudLog : CloudResource
{
    private protected CloudLog()
    {
    }

    /// <summary>The instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public abstract string? InstanceName { get; }

    /// <summary>The id of the log file.</summary>
    public abstract string LogId { get; }

    /// <summary>The name of the file.</summary>
    public abstract string? Name { get; }

    /// <summary>The kind of log, a member of <see cref="LogKind"/>, as a word.</summary>
    public abstract string Kind { get; }

    /// <summary>The size in bytes, to the precision that the provider gives.</summary>
    public virtual long? Size => null;

    /// <summary>The state in the provider's word.</summary>
    public abstract string? Status { get; }

    /// <summary>True for a log that the provider returns a link for.</summary>
    public abstract bool IsDownloadable { get; }

    /// <summary>The day that it is of, at midnight and without a zone.</summary>
    public abstract DateTime? Date { get; }
}
