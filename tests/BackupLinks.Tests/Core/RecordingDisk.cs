using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core;

/// <summary>A disk that notes each call before it makes it, and lets a test do something before or after.</summary>
internal sealed class RecordingDisk : Disk
{
    private readonly List<string> _calls = [];
    private readonly Dictionary<string, PositionalFile> _open = [];

    /// <summary>The calls, such as <c>flush dump.rdb.partial</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    /// <summary>Done before a call is made; may throw.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Done when a call has been made.</summary>
    public Action<string>? After { get; set; }

    /// <summary>False for a file system that cannot flush.</summary>
    public bool CanFlush { get; set; } = true;

    /// <summary>
    /// True for NFS, or FUSE: a rename cannot keep what is there, a file that is removed while it is open stays under
    /// another name, and a file has another number under a second name.
    /// </summary>
    public bool IsRemote { get; set; }

    /// <summary>True for a file to be replaced that was read-only.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>True for Windows: no file is renamed while it is open.</summary>
    public bool ClosesBeforeRename { get; set; } = OperatingSystem.IsWindows();

    /// <summary>What the file system says of its room; null for nothing.</summary>
    public long? FreeBytes { get; set; }

    /// <summary>The calls that begin with one of some words.</summary>
    public IEnumerable<string> CallsOf(params string[] words) =>
        Calls.Where(call => words.Contains(call.Split(' ')[0]));

    /// <summary>The content of a file that is open, and locked, at this moment.</summary>
    public byte[] Read(string name)
    {
        var file = _open[name];
        byte[] content = new byte[file.Length];
        for (int count = 0; count < content.Length;)
        {
            byte[] block = new byte[content.Length - count];
            int read = file.Read(block, block.Length, count);
            Array.Copy(block, 0, content, count, read);
            count += read;
        }

        return content;
    }

    /// <summary>Closes all files, as the end of the process does.</summary>
    public void CloseAll()
    {
        foreach (var file in _open.Values)
            file.Dispose();
    }

    public override PositionalFile Open(string path, FileMode mode) =>
        Call($"open {Path.GetFileName(path)}", () => _open[Path.GetFileName(path)] = base.Open(path, mode));

    public override FileStatus? Look(string path) => Call(
        $"look {Path.GetFileName(path)}",
        () => base.Look(path) is { Identity: { } id } status && IsRemote && Path.GetExtension(path) == ".rdb"
            ? status with { Identity = id with { Inode = id.Inode + 1 } }
            : base.Look(path));

    public override void Write(PositionalFile file, byte[] buffer, int count, long position) =>
        Call($"write {Path.GetFileName(file.Path)}", () => base.Write(file, buffer, count, position));

    public override bool Flush(PositionalFile file) =>
        Call($"flush {Path.GetFileName(file.Path)}", () => CanFlush && base.Flush(file));

    public override bool Flush(FileStream file) => Call("flush draft", () => CanFlush && base.Flush(file));

    public override bool FlushFolder(string path) =>
        Call($"folder {Path.GetFileName(path)}", () => CanFlush && base.FlushFolder(path));

    public override void Rename(string source, string target, bool replace) =>
        Call($"rename {Path.GetFileName(target)}", () => base.Rename(source, target, replace));

    public override bool RenamesOpenFiles => !ClosesBeforeRename;

    public override void Wait(TimeSpan time) => Call($"wait {time.TotalMilliseconds}", () => { });

    public override bool MakeReplaceable(string path) =>
        Call($"replaceable {Path.GetFileName(path)}", () => base.MakeReplaceable(path) || IsReadOnly);

    public override void MakeReadOnly(string path) => Call($"protect {Path.GetFileName(path)}", () => { });

    public override bool TryRename(string source, string target, bool replace) => Call(
        $"rename {Path.GetFileName(target)}",
        () => IsRemote && !replace
            ? FileMoves.TryRenameNew(source, target, (_, _) => SystemErrors.InvalidArgument, Libc.AddName)
            : base.TryRename(source, target, replace));

    public override void Delete(string path) => Call($"delete {Path.GetFileName(path)}", () =>
    {
        if (IsRemote && _open.TryGetValue(Path.GetFileName(path), out var file) && IsOpen(file))
            base.Rename(
                path, Path.Combine(Path.GetDirectoryName(path)!, ".nfs." + Path.GetFileName(path)), replace: false);
        else
            base.Delete(path);
    });

    public override void DeleteFolder(string path) =>
        Call($"rmdir {Path.GetFileName(path)}", () => base.DeleteFolder(path));

    public override void SetLastWriteTime(PositionalFile file, DateTime utc) =>
        Call($"time {Path.GetFileName(file.Path)}", () => base.SetLastWriteTime(file, utc));

    public override void RestrictToOwner(PositionalFile file) =>
        Call($"mode {Path.GetFileName(file.Path)}", () => base.RestrictToOwner(file));

    public override void MakeSparse(PositionalFile file) =>
        Call($"sparse {Path.GetFileName(file.Path)}", () => base.MakeSparse(file));

    public override void Hide(string path) => Call($"hide {Path.GetFileName(path)}", () => base.Hide(path));

    /// <summary>Called after the free bytes were read.</summary>
    public Action? Looked { get; set; }

    public override long? GetFreeBytes(string folder)
    {
        long? free = FreeBytes;
        Looked?.Invoke();
        return free;
    }

    private static bool IsOpen(PositionalFile file)
    {
        try
        {
            return file.Length >= 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private void Call(string call, Action action) => Call(call, () =>
    {
        action();
        return true;
    });

    private T Call<T>(string call, Func<T> action)
    {
        lock (_calls)
            _calls.Add(call);
        Before?.Invoke(call);
        var result = action();
        After?.Invoke(call);
        return result;
    }
}
