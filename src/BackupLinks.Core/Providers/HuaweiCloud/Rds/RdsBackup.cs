using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.Providers;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Rds;

/// <summary>
/// A backup of an RDS instance. Source: Huawei Cloud RDS API reference, "Obtaining Details About Backups"
/// (<c>ListBackups</c>). The size that the API gives is in KB; <see cref="Size"/> is that times 1,024. A property
/// that the response lacks is null.
/// </summary>
public sealed class RdsBackup : HuaweiCloudBackup, IBackup
{
    // The zone of the API's own samples, for a time that names none.
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    internal RdsBackup(DatabaseBackupItem item, HuaweiScope place, InstanceReference instance)
        : base(place)
    {
        InstanceId = WireValue.Text(item.InstanceId) ?? instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        BackupId = item.Id!;
        Name = WireValue.Text(item.Name);
        Type = WireValue.Text(item.Type);
        Status = WireValue.Text(item.Status);
        Engine = WireValue.Text(item.Datastore?.Type);
        EngineVersion = WireValue.Text(item.Datastore?.Version);
        Size = WireValue.Kilobytes(WireValue.Number(item.Size));
        StartTime = WireTime.Parse(item.BeginTime, Zone);
        EndTime = WireTime.Parse(item.EndTime, Zone);
        CreatedAt = StartTime ?? EndTime;
        BackupTime = CreatedAt;
        Databases = [.. (item.Databases ?? []).Select(database => WireValue.Text(database?.Name)).OfType<string>()];
        IsAssociatedWithDdm = WireValue.Boolean(item.AssociatedWithDdm);
        // An older page of the links excludes incremental backups of SQL Server, and the newer one has them: where they
        // are not, the provider says so.
        IsDownloadable = VendorWords.Same(Status, "COMPLETED");
    }

    /// <summary>The RDS instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The id of the backup.</summary>
    public override string BackupId { get; }

    /// <summary>The name.</summary>
    public string? Name { get; }

    /// <summary>The kind: <c>auto</c>, <c>manual</c>, <c>fragment</c>, <c>incremental</c>.</summary>
    public override string? Type { get; }

    /// <summary>
    /// The state in the provider's word: <c>BUILDING</c>, <c>COMPLETED</c>, <c>FAILED</c>, <c>DELETING</c>.
    /// </summary>
    public override string? Status { get; }

    /// <summary>True for a backup that links can be had for: <c>COMPLETED</c>.</summary>
    public override bool IsDownloadable { get; }

    /// <summary>The size in bytes, to the kilobyte.</summary>
    public override long? Size { get; }

    /// <summary>
    /// When it was begun, or, when the response does not say that, ended: the time that backups are chosen by; null
    /// when the response says neither.
    /// </summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>When it ended; null when it did not, or the response does not say.</summary>
    public override DateTimeOffset? EndTime { get; }

    /// <summary>The database engine.</summary>
    public string? Engine { get; }

    /// <summary>The engine's version.</summary>
    public string? EngineVersion { get; }

    /// <summary>The databases in it; none unless the backup is by database (SQL Server).</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>True for a backup of an instance that Distributed Database Middleware uses.</summary>
    public bool? IsAssociatedWithDdm { get; }

    /// <summary>The time that backups are chosen by, and that their age counts from: <see cref="CreatedAt"/>.</summary>
    public override DateTimeOffset? BackupTime { get; }

    bool IBackup.HasFailed => VendorWords.Same(Status, "FAILED");

    string? IBackup.Part => null;

    /// <summary>The name, else the id.</summary>
    public override string ToString() => Name ?? BackupId;

    bool IBackup.IsOfType(string word) => VendorWords.Same(Type, word);
}
