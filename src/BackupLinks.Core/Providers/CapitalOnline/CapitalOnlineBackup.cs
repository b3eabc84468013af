using System;
using BackupLinks.Discovery;
using BackupLinks.Providers;
using BackupLinks.Time;

namespace BackupLinks.CapitalOnline;

/// <summary>
/// A backup of a database service of Capital Online. A property is null where the response does not state it.
/// Source: Capital Online OpenAPI, "DescribeBackups".
/// </summary>
public abstract class CapitalOnlineBackup : CloudBackup, IBackup
{
    // The API's times name no zone; the provider's own is UTC+8.
    internal static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    /// <summary>The state of a whole backup.</summary>
    internal const string Finished = "finished";

    private protected CapitalOnlineBackup(CapitalOnlineBackupData data, InstanceReference instance)
    {
        InstanceId = WireValue.Text(data.InstanceId) ?? instance.Id;
        InstanceName = WireValue.Text(instance.Name);
        BackupId = data.BackupId!;
        Type = WireValue.Text(data.BackupType);
        Mode = WireValue.Text(data.BackupMode);
        Strategy = WireValue.Text(data.BackupStrategy);
        Status = WireValue.Text(data.Status);
        IsDownloadable = VendorWords.Same(Status, Finished);
        Size = WireValue.Bytes(data.BackupSize);
        Description = WireValue.Text(data.Desc);
        StartTime = WireTime.Parse(data.StartTime, Zone);
        EndTime = WireTime.Parse(data.EndTime, Zone);
        CreatedAt = StartTime ?? EndTime;
        BackupTime = CreatedAt;
    }

    /// <summary>The instance.</summary>
    public override string InstanceId { get; }

    /// <summary>The name of the instance; null when the list was requested by its id alone.</summary>
    public override string? InstanceName { get; }

    /// <summary>The id of the backup.</summary>
    public override string BackupId { get; }

    /// <summary>
    /// The kind of backup in the provider's word (<c>BackupType</c>).
    /// </summary>
    public override string? Type { get; }

    /// <summary>
    /// The starter, a person or the schedule (<c>BackupMode</c>): <c>manual</c> or <c>auto</c>.
    /// </summary>
    public string? Mode { get; }

    /// <summary>
    /// The extent (<c>BackupStrategy</c>), <c>instance</c> or <c>db</c>.
    /// </summary>
    public string? Strategy { get; }

    /// <summary>The state in the provider's word: <c>finished</c>.</summary>
    public override string? Status { get; }

    /// <summary>True for a backup that can be downloaded: <c>finished</c>.</summary>
    public override bool IsDownloadable { get; }

    /// <summary>The size in bytes.</summary>
    public override long? Size { get; }

    /// <summary>The description of a manual backup; null for none.</summary>
    public string? Description { get; }

    /// <summary>
    /// The start, else the end: the time that backups are chosen by.
    /// </summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>The start.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>The end; null while the backup is not finished.</summary>
    public override DateTimeOffset? EndTime { get; }

    /// <summary>The time that backups are chosen by, and that their age counts from: <see cref="CreatedAt"/>.</summary>
    public override DateTimeOffset? BackupTime { get; }

    // The page documents "finished" alone.
    bool IBackup.HasFailed =>
        Status?.IndexOf("fail", StringComparison.OrdinalIgnoreCase) >= 0 || VendorWords.Same(Status, "error");

    string? IBackup.Name => Description;

    string? IBackup.Engine => null;

    string? IBackup.Part => Part;

    /// <inheritdoc cref="IBackup.Part"/>
    private protected virtual string? Part => null;

    /// <summary>The id.</summary>
    public override string ToString() => BackupId;

    bool IBackup.IsOfType(string word) => VendorWords.Same(Type, word) || VendorWords.Same(Mode, word);
}
