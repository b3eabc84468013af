using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Sandbox;
using BackupLinks.Time;

namespace BackupLinks.Tests.Engine;

/// <summary>Two clouds, and a folder with a catalog of files that were saved.</summary>
public abstract class StatusTest : FrontDoorTest, IDisposable
{
    private protected const string Dcs = "HuaweiCloud.Dcs";

    /// <summary>When the test began. Its ages grow while it runs, and no more.</summary>
    private protected DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds a backup of DCS, and its instance when it is new.</summary>
    private protected void AddBackup(string instance, double hours, string status = "succeed") =>
        Server.Cloud.AddDcsBackup(
            instance, $"{instance}{hours}", "x", [], new() { CreatedAt = Now.AddHours(hours), Status = status });

    /// <summary>Adds a saved, tested file of a backup to the disk and to the catalog.</summary>
    private protected string Save(
        string instance, double hours, string service = Dcs, string content = "x",
        string? test = BackupFileState.Intact)
    {
        string name = $"{instance}{hours}.rdb";
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        var entry = new CatalogEntry
        {
            Path = name,
            Size = content.Length,
            Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))),
            SavedAt = Now.AddHours(hours),
            Service = service,
            InstanceId = instance,
            InstanceName = instance,
            BackupId = $"{instance}{hours}",
            Kind = BackupKind.Full,
            BackupTime = Now.AddHours(hours),
            TestState = test,
        };
        new CatalogFile(Folder, Disk.Local).AddAsync(entry, Clock.System, CancellationToken.None)
            .GetAwaiter().GetResult();
        return path;
    }

    /// <summary>Runs a command in the folder.</summary>
    private protected RunResult RunThere(string script)
    {
        Module.Runspace.SessionStateProxy.Path.SetLocation(Folder);
        return Module.Run(script);
    }

    /// <summary>The rows, as instance and state.</summary>
    private protected static string[] States(RunResult result) =>
        [.. Rows(result).Select(row => $"{row.InstanceId} {row.State}")];

    private protected static IEnumerable<InstanceStatus> Rows(RunResult result) =>
        result.Output.Select(item => (InstanceStatus)item.BaseObject);
}
