using System;
using System.Collections.Generic;
using System.Text.Json;
using BackupLinks.Text;

namespace BackupLinks.Catalog;

/// <summary>
/// A file that was saved. Holds no link, and nothing that opens one. Null means that the link did not state it.
/// </summary>
internal sealed record CatalogEntry : CatalogEvent
{
    /// <summary>The word that a line may have for it; a line without a word means the same.</summary>
    public const string Saved = "saved";

    /// <summary>
    /// The identity of the object that it was saved from: the SHA-256 of its address without the query. Null for a
    /// file that is not proved to be of an object.
    /// </summary>
    public string? Object { get; set; }

    /// <summary>The size in bytes.</summary>
    public required long Size { get; set; }

    /// <summary>The SHA-256 in lower-case hexadecimal.</summary>
    public required string Sha256 { get; set; }

    /// <summary>
    /// The algorithms of the other stated checksums that the file had, with commas between them; null for none.
    /// </summary>
    public string? VerifiedBy { get; set; }

    /// <summary>The strong entity tag of the object, in quotes; null when the store sends none.</summary>
    public string? ETag { get; set; }

    /// <summary>When the object was stored; null when the store does not say.</summary>
    public DateTimeOffset? LastModified { get; set; }

    /// <summary>When the file got its name.</summary>
    public DateTimeOffset SavedAt { get; set; }

    /// <summary>The key of the cloud.</summary>
    public string? Cloud { get; set; }

    /// <summary>The key of the service.</summary>
    public string? Service { get; set; }

    /// <summary>The region.</summary>
    public string? Region { get; set; }

    /// <summary>The instance that was backed up.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The name of the instance.</summary>
    public string? InstanceName { get; set; }

    /// <summary>The database engine.</summary>
    public string? Engine { get; set; }

    /// <summary>The backup; null for a log, too.</summary>
    public string? BackupId { get; set; }

    /// <summary>The log; null for a backup, too.</summary>
    public string? LogId { get; set; }

    /// <summary>The kind: a word of <see cref="BackupKind"/>.</summary>
    public string? Kind { get; set; }

    /// <summary>The kind in the provider's word.</summary>
    public string? Type { get; set; }

    /// <summary>The part of the instance that it is of; null for all of it.</summary>
    public string? Part { get; set; }

    /// <summary>When the backup was begun.</summary>
    public DateTimeOffset? BackupTime { get; set; }

    /// <summary>When the backup ended.</summary>
    public DateTimeOffset? EndTime { get; set; }

    /// <summary>The number of files of the backup.</summary>
    public int? FileCount { get; set; }

    /// <summary>
    /// The result of the test on the way: a word of <see cref="Formats.BackupFileState"/>; null without one.
    /// </summary>
    public string? TestState { get; set; }

    /// <summary>The problem that the test found; null for none.</summary>
    public string? Problem { get; set; }

    /// <summary>When the test ended.</summary>
    public DateTimeOffset? TestedAt { get; set; }

    private protected override string? Name => null;

    /// <summary>The identity of an object.</summary>
    /// <param name="address">Its address, without the query.</param>
    public static string Identify(string address) => Hex.Sha256(address);

    /// <summary>
    /// The same line, with what another one states of the backup besides: an earlier version, or a link that stated
    /// less, has left it out. Equal to this one when there is nothing, or when the other is of another backup.
    /// </summary>
    public CatalogEntry CompleteWith(CatalogEntry other) => !IsSameBackup(other) ? this : this with
    {
        Cloud = Cloud ?? other.Cloud,
        Service = Service ?? other.Service,
        Region = Region ?? other.Region,
        InstanceId = InstanceId ?? other.InstanceId,
        InstanceName = InstanceName ?? other.InstanceName,
        Engine = Engine ?? other.Engine,
        BackupId = BackupId ?? other.BackupId,
        LogId = LogId ?? other.LogId,
        Kind = other.Kind ?? Kind,
        Type = Type ?? other.Type,
        Part = other.Part ?? Part,
        BackupTime = BackupTime ?? other.BackupTime,
        EndTime = EndTime ?? other.EndTime,
        FileCount = FileCount ?? other.FileCount,
    };

    private bool IsSameBackup(CatalogEntry other) =>
        IsSame(Service, other.Service) && IsSame(InstanceId, other.InstanceId)
        && IsSame(BackupId ?? LogId, other.BackupId ?? other.LogId) && IsSame(BackupTime, other.BackupTime);

    private static bool IsSame<T>(T? value, T? other) =>
        value is null || other is null || EqualityComparer<T>.Default.Equals(value, other);

    private protected override void WriteFields(Utf8JsonWriter json)
    {
        Write(json, "object", Object);
        json.WriteNumber("size", Size);
        Write(json, "sha256", Sha256);
        Write(json, "verifiedBy", VerifiedBy);
        Write(json, "etag", ETag);
        Write(json, "lastModified", LastModified);
        Write(json, "savedAt", SavedAt);
        Write(json, "cloud", Cloud);
        Write(json, "service", Service);
        Write(json, "region", Region);
        Write(json, "instanceId", InstanceId);
        Write(json, "instanceName", InstanceName);
        Write(json, "engine", Engine);
        Write(json, "backupId", BackupId);
        Write(json, "logId", LogId);
        Write(json, "kind", Kind);
        Write(json, "type", Type);
        Write(json, "part", Part);
        Write(json, "backupTime", BackupTime);
        Write(json, "endTime", EndTime);
        if (FileCount is { } count)
            json.WriteNumber("fileCount", count);
        Write(json, "testState", TestState);
        Write(json, "problem", Problem);
        Write(json, "testedAt", TestedAt);
    }
}
