using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Discovery;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>Backups of one instance at three in the morning, as the catalog and the cloud have them.</summary>
public abstract class StatusTest
{
    private protected const string Service = "HuaweiCloud.Rds";

    private protected static readonly DateTimeOffset Now = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);

    private protected static readonly InstanceIdentity Instance = new(Service, "i1")
    {
        Name = "prod-1",
        Engine = "MySQL",
        Region = "cn-north-4",
        CreatedAt = Now.AddYears(-1),
    };

    /// <summary>A saved, tested file of a backup that was begun so many hours ago.</summary>
    private protected static BackupFile Saved(
        double hours, long size = 1000, string name = "a.qp", string kind = "Full") => new($"/backups/{-hours}h/{name}")
        {
            Service = Service,
            InstanceId = "i1",
            InstanceName = "prod-1",
            BackupId = $"b{-hours}",
            Kind = kind,
            BackupTime = Now.AddHours(hours),
            SavedAt = Now.AddHours(hours).AddMinutes(30),
            Size = size,
            TestState = BackupFileState.Intact,
            TestedAt = Now.AddHours(hours).AddMinutes(31),
        };

    /// <summary>The same file in another state.</summary>
    private protected static BackupFile With(
        BackupFile file, string state = FilePresence.Present, string? test = BackupFileState.Intact,
        string? problem = null, int? count = null, string? part = null, string? path = null) => new(path ?? file.Path)
    {
        Service = file.Service,
        InstanceId = file.InstanceId,
        BackupId = file.BackupId,
        Kind = file.Kind,
        BackupTime = file.BackupTime,
        SavedAt = file.SavedAt,
        Size = file.Size,
        State = state,
        TestState = test,
        Problem = problem,
        FileCount = count,
        Part = part,
    };

    private protected static CloudFindings Cloud(params Listed[] backups) => CloudFindings.Of(backups, ["incremental"]);

    /// <summary>A backup in the cloud.</summary>
    private protected sealed record Listed(double? Hours) : IBackup
    {
        public string Status { get; init; } = "COMPLETED";

        public string? Part { get; init; }

        public string InstanceId => "i1";

        public string BackupId => $"c{Hours}";

        public string? Name => null;

        public bool IsDownloadable => Status == "COMPLETED";

        public bool HasFailed => Status.Contains("FAILED");

        public DateTimeOffset? BackupTime => Hours is { } hours ? Now.AddHours(hours) : null;

        public string? Engine => null;

        public string? Type { get; init; }

        public bool IsOfType(string word) => word == Type;
    }

    private protected static InstanceStatus Assess(
        CloudFindings? cloud, IEnumerable<BackupFile> files, StatusSettings? settings = null,
        InstanceIdentity? instance = null, DateTimeOffset? goneSince = null) => StatusAssessment.Assess(
            instance ?? Instance, SavedBackup.Group(files), cloud, settings ?? StatusSettings.Default, Now, goneSince);

    private protected static InstanceStatus Assess(CloudFindings? cloud, params BackupFile[] files) =>
        Assess(cloud, files.AsEnumerable());
}
