using System;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>
/// A backup that one of Huawei Cloud's database services lists. Null means that the list does not say.
/// </summary>
public abstract class DatabaseBackup : HuaweiCloudBackup, IBackup
{
    /// <param name="item">The record.</param>
    /// <param name="scope">The region and the project.</param>
    /// <param name="instance">The instance of the request.</param>
    /// <param name="zone">The zone of a time that names none.</param>
    /// <param name="size">Bytes.</param>
    private protected DatabaseBackup(
        DatabaseBackupItem item, HuaweiScope scope, InstanceReference instance, TimeSpan zone, long? size)
        : base(scope)
    {
        InstanceId = WireValue.Text(item.InstanceId) ?? instance.Id;
        InstanceName = WireValue.Text(item.InstanceName) ?? WireValue.Text(instance.Name);
        BackupId = item.Id!;
        Name = WireValue.Text(item.Name);
        Type = WireValue.Text(item.Type);
        Status = WireValue.Text(item.Status);
        Engine = WireValue.Text(item.Datastore?.Type);
        EngineVersion = WireValue.Text(item.Datastore?.Version);
        Description = WireValue.Text(item.Description);
        Size = size;
        StartTime = WireTime.Parse(item.BeginTime, zone);
        EndTime = WireTime.Parse(item.EndTime, zone);
        BackupTime = StartTime ?? EndTime;
    }

    /// <summary>The instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance.</summary>
    public override string? InstanceName { get; }

    /// <summary>The id of the backup.</summary>
    public override string BackupId { get; }

    /// <summary>The name.</summary>
    public string? Name { get; }

    /// <summary>The kind of backup in the provider's word.</summary>
    public override string? Type { get; }

    /// <summary>The state in the provider's word.</summary>
    public override string? Status { get; }

    /// <summary>True for a backup that the provider returns links for: <c>COMPLETED</c>.</summary>
    public override bool IsDownloadable => VendorWords.Same(Status, "COMPLETED");

    /// <summary>The size in bytes, to the precision that the list has.</summary>
    public override long? Size { get; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>When it ended; also null when it did not.</summary>
    public override DateTimeOffset? EndTime { get; }

    /// <summary>
    /// The time that backups are chosen by, and that their age counts from: <see cref="StartTime"/>, else
    /// <see cref="EndTime"/>.
    /// </summary>
    public override DateTimeOffset? BackupTime { get; }

    /// <summary>The database engine in the provider's word.</summary>
    public string? Engine { get; }

    /// <summary>The version of the engine.</summary>
    public string? EngineVersion { get; }

    /// <summary>The description that its creator gave it.</summary>
    public string? Description { get; }

    bool IBackup.HasFailed => VendorWords.Same(Status, "FAILED");

    string? IBackup.Part => null;

    /// <summary>The name, else the id.</summary>
    public override string ToString() => Name ?? BackupId;

    bool IBackup.IsOfType(string word) => VendorWords.Same(Type, word);
}
