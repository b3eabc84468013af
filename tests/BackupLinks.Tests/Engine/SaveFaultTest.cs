using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Engine;

/// <summary>What the tests of faulty stores and stopped downloads share.</summary>
public abstract class SaveFaultTest : SaveTest
{
    // What a file takes of the disk, in bytes.
    private protected static long RoomOf(string path)
    {
        using var stat = ChildProcess.Start("stat", ["-c", "%b", path]);
        return 512 * long.Parse(stat.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }

    // Saves until an attempt has left bytes behind, and returns how that one ended.
    private protected string SaveUntilBytesCame(SandboxObject item, string arguments)
    {
        for (int i = 0; i < 10; i++)
        {
            var error = Assert.Single(Save(Row(item), arguments).Errors);
            if (new FileInfo(Path.Combine(Folder, "dump.rdb.partial")) is { Exists: true, Length: > 0 })
                return error.FullyQualifiedErrorId;
        }

        return "Nothing came.";
    }

    // Starts a download and stops the pipeline when so many bytes have been sent, and some of them are in the file.
    private protected void StopAfter(SandboxObject item, long bytes, string arguments = "")
    {
        long until = Server.ObjectBytesSent + bytes;
        using var shell = PowerShell.Create(Module.Runspace);
        shell.AddScript($"param($row, $d) $row | Save-BackupFile -Destination $d {arguments}").AddArgument(Row(item))
            .AddArgument(Folder);
        var run = shell.BeginInvoke();
        SpinWait.SpinUntil(
            () => (Server.ObjectBytesSent >= until && (bytes < Segment / 2 || HasBytes(item))) || run.IsCompleted,
            TestTimeout.Hang);
        shell.Stop();
        Assert.True(SpinWait.SpinUntil(() => Server.Active == 0, TestTimeout.Hang), "requests went on");
        Assert.Empty(shell.Streams.Error);
    }

    private protected bool HasBytes(SandboxObject item) =>
        new FileInfo(Path.Combine(Folder, item.Key.Split('/').Last() + ".partial")) is { Exists: true, Length: > 0 };

    private protected void Redirect(int times, string target) => Server.Faults.Add(new SandboxFault
    {
        Path = "/obs/", Count = times, Status = 302, Headers = new Dictionary<string, string> { ["Location"] = target },
    });
}
