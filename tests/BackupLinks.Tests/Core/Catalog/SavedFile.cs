using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Catalog;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>A file of a backup, said in a few words.</summary>
internal sealed record SavedFile(string Id, DateTimeOffset Time)
{
    public string Instance { get; init; } = "i1";

    public string? Kind { get; init; } = BackupKind.Full;

    public string? Type { get; init; }

    public string? Part { get; init; }

    /// <summary>What is on the disk.</summary>
    public string State { get; init; } = FilePresence.Present;

    /// <summary>What the test found.</summary>
    public string? Tested { get; init; }

    public int Count { get; init; } = 1;

    public string? FileName { get; init; }

    public DateTimeOffset? SavedAt { get; init; }

    public static SavedFile At(string time, string? id = null) => new(id ?? time, Parse(time));

    public static DateTimeOffset Parse(string time) =>
        DateTimeOffset.Parse(time, null, System.Globalization.DateTimeStyles.AssumeUniversal);

    public SavedFile Intact() => this with { Tested = BackupFileState.Intact };

    public SavedFile Damaged() => this with { Tested = BackupFileState.Damaged };

    public SavedFile Missing() => this with { State = FilePresence.Missing };

    public SavedFile Incremental() => this with { Kind = BackupKind.Incremental };

    public SavedFile Log() => this with { Kind = BackupKind.Log };

    /// <summary>The line of the catalog.</summary>
    public CatalogEntry ToEntry() => new()
    {
        Path = FileName ?? Id,
        Size = Content.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content)),
        Cloud = "HuaweiCloud",
        Service = "HuaweiCloud.Rds",
        InstanceId = Instance,
        InstanceName = "orders",
        BackupId = Id,
        Kind = Kind,
        Type = Type,
        Part = Part,
        BackupTime = Time,
        SavedAt = SavedAt ?? Time.AddHours(1),
        TestState = Tested,
        FileCount = Count,
    };

    /// <summary>Writes the file, unless it is missing, and its line of the catalog.</summary>
    public void Save(string folder)
    {
        string path = Path.Combine(folder, FileName ?? Id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (State != FilePresence.Missing)
            File.WriteAllBytes(path, State == FilePresence.Changed ? [.. Content, 0] : Content);
        new CatalogFile(folder, Disk.Local).AddAsync(ToEntry(), Clock.System, default).GetAwaiter().GetResult();
    }

    private byte[] Content => Encoding.UTF8.GetBytes($"REDIS {Id} {FileName}");

    public BackupFile ToFile() => new($"/backups/{FileName ?? Id}")
    {
        Cloud = "HuaweiCloud",
        Service = "HuaweiCloud.Rds",
        InstanceId = Instance,
        BackupId = Id,
        Kind = Kind,
        Type = Type,
        Part = Part,
        BackupTime = Time,
        SavedAt = SavedAt ?? Time.AddHours(1),
        State = State,
        TestState = Tested,
        FileCount = Count,
        Size = 1,
    };
}
