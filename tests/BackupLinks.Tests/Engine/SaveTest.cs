using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>A sandbox, the module, and a folder to save to that goes away with the test.</summary>
public abstract class SaveTest : SandboxTest, IDisposable
{
    private protected const int Segment = (int)Download.SegmentLength;

    private protected string Folder { get; } = Path.Combine(
        Path.GetTempPath(), "BackupLinks.Tests." + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>An object in the store.</summary>
    private protected SandboxObject Put(string name, long length, int version = 1)
    {
        var item = new SandboxObject("bucket", "backups/" + name, length, version);
        Server.Cloud.Put(item);
        return item;
    }

    private protected void Fault(ObjectFault fault, int? count = null, int after = 0, string? path = null) =>
        Server.Faults.Add(new SandboxFault { Path = path ?? "/obs/", Count = count, After = after, Object = fault });

    /// <summary>A row as out of a CSV file.</summary>
    private protected PSObject Row(SandboxObject item, long? size = null, TimeSpan? lifetime = null)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Uri", Server.Presign(item, lifetime).OriginalString));
        row.Properties.Add(new PSNoteProperty("FileName", item.Key.Split('/').Last()));
        row.Properties.Add(new PSNoteProperty("Size", size?.ToString() ?? ""));
        return row;
    }

    /// <summary>Saves; <c>$input</c> is the links, <c>$d</c> the folder.</summary>
    private protected RunResult Save(object links, string arguments = "")
    {
        var result = Module.Run(
            $"param($links, $d) $links | Save-BackupFile -Destination $d -RetryIntervalSec 1 -Verbose {arguments}",
            links, Folder);
        AssertNoSignature(result);
        return result;
    }

    private protected SavedBackupFile SaveOne(object link, string arguments = "")
    {
        var result = Save(link, arguments);
        Assert.Empty(result.Errors);
        Assert.Null(result.Thrown);
        return result.Single<SavedBackupFile>();
    }

    private protected static void AssertSaved(SandboxObject item, SavedBackupFile saved)
    {
        Assert.Equal((item.Sha256, item.Length), (saved.Sha256, saved.Size));
        AssertContent(item, saved.Path);
    }

    private protected static void AssertContent(SandboxObject item, string path)
    {
        using var file = File.OpenRead(path);
        Assert.Equal(item.Length, file.Length);
        Assert.Equal(item.Sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.False(
            File.Exists(path + ".partial") || File.Exists(path + ".partial.json"), "something was left behind");
    }

    /// <summary>Requests to the object store, in the order of their responses.</summary>
    private protected IReadOnlyList<SandboxRequest> StoreRequests =>
        [.. Server.Requests.Where(request => request.Target.StartsWith("/obs/", StringComparison.Ordinal))];

    private protected static void AssertNoSignature(RunResult result)
    {
        string text = result.AllText
            + string.Join(
                '\n', result.Output.Select(
                    item => item.BaseObject is SavedBackupFile
                        ? string.Join('\n', item.Properties.Select(property => property.Value)) : ""));
        Assert.DoesNotMatch("Signature=(?![*])", text);
        Assert.DoesNotMatch("AccessKeyId=(?![*])", text);
    }
}
