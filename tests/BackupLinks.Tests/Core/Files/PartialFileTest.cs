using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Files;

/// <summary>A partial file on a disk that records its calls.</summary>
public abstract class PartialFileTest : IDisposable
{
    private protected const string Data = "dump.rdb.partial";
    private protected const string Journal = "dump.rdb.partial.json";

    private protected static readonly byte[] Bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
    private protected static readonly ObjectIdentity Identity = new("https://host/dump.rdb", "\"tag\"", Bytes.Length);
    private protected static readonly CheckedRange All = new(0, Bytes.Length, CheckedRange.Append(0, Bytes));

    private protected TemporaryFolder Folder { get; } = new();
    private protected RecordingDisk Disk { get; } = new();
    private protected List<string> Told { get; } = [];
    private protected List<string> Warned { get; } = [];

    private protected string Target => Folder["dump.rdb"];

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static void HardLink(string path, string name) =>
        Assert.Equal(0, Peers.Peer.Run(Peers.Peer.Require("ln"), path, name).ExitCode);

    private protected static Action<string> Once(string call, Action action)
    {
        bool isDone = false;
        return made =>
        {
            if (made != call || isDone)
                return;
            isDone = true;
            action();
        };
    }

    private protected static Action<string> FailOnce(string call, Exception error) => Once(call, () => throw error);

    private protected static BackupLinksException AssertKind(ErrorKind kind, Action action) =>
        AssertKind([kind], action);

    private protected static BackupLinksException AssertKind(ErrorKind[] kinds, Action action)
    {
        var error = Assert.Throws<BackupLinksException>(action);
        Assert.Contains(error.Kind, kinds);
        return error;
    }

    private protected PartialFile Open(bool force = false) =>
        PartialFile.Open(Target, force, Disk, new FileNotices(Told.Add, Warned.Add));

    private protected void LeaveCheckpoint()
    {
        using var file = PartialFile.Open(Target, force: false);
        file.Clear();
        file.Write(Bytes, Bytes.Length, 0);
        file.SaveCheckpoint(Identity, [], () => [All]);
    }
}
