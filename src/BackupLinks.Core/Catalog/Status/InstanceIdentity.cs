using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Catalog.Status;

/// <summary>An instance; null means not known.</summary>
/// <param name="Service">The key of the service; empty when not known.</param>
/// <param name="InstanceId">The id.</param>
internal sealed record InstanceIdentity(string Service, string InstanceId)
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The database engine.</summary>
    public string? Engine { get; init; }

    /// <summary>The region.</summary>
    public string? Region { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The key of the cloud.</summary>
    public string? Cloud => Service.IndexOf('.') is > 0 and var end ? Service.Substring(0, end) : null;

    /// <summary>The instance with what another source knows besides.</summary>
    public InstanceIdentity With(InstanceIdentity? other) => other is null ? this : this with
    {
        Name = Name ?? other.Name, Engine = Engine ?? other.Engine, Region = Region ?? other.Region,
        CreatedAt = CreatedAt ?? other.CreatedAt,
    };

    /// <summary>The instance of saved backups; what the newest of them says is right.</summary>
    /// <param name="saved">Backups of one instance, at least one, whose instance is known.</param>
    public static InstanceIdentity Of(IEnumerable<SavedBackup> saved)
    {
        BackupFile[] files = [.. saved.SelectMany(backup => backup.Files).OrderByDescending(file => file.SavedAt)];
        return new InstanceIdentity(files[0].Service ?? "", files[0].InstanceId!)
        {
            Name = First(file => file.InstanceName),
            Engine = First(file => file.Engine),
            Region = First(file => file.Region),
        };

        string? First(Func<BackupFile, string?> value) => files.Select(value).FirstOrDefault(text => text is not null);
    }
}
