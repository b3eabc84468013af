using System;
using System.Diagnostics;
using System.IO;

namespace BackupLinks.Tests.Isolation;

/// <summary>
/// The folder with the temporary files of one run. It goes when the process ends; after a kill, a shell that waits for
/// that removes it and ends what the run has started. Where there is no such shell, the next run removes it.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>The first part of the name, before what tells the runs apart.</summary>
    public const string Prefix = "BackupLinks.Tests.";

    private const string LockName = ".lock";

    // The lock of a run that is just beginning is not there yet.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(2);

    // Waits until this process is gone and the pipe with it. What it has left running has the folder in its variables.
    private const string Watch = """
        trap '' INT TERM HUP
        cat > /dev/null
        for file in $(grep -las -- "TMPDIR=$1" /proc/[0-9]*/environ); do
          id=${file#/proc/}
          kill -9 "${id%/environ}"
        done 2> /dev/null
        rm -rf -- "$1" 2> /dev/null || { sleep 1; rm -rf -- "$1"; }
        """;

    private readonly FileStream _lock;
    private readonly Process? _watch;

    private RunFolder(string path)
    {
        Path = path;
        _lock = new FileStream(
            System.IO.Path.Combine(path, LockName), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        if (OperatingSystem.IsWindows())
            return;
        _watch = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Watch, "sh", path])
        {
            RedirectStandardInput = true,
            // It must not hold open what the caller waits for the end of.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes the folder of this run and removes those of runs that were killed.</summary>
    /// <param name="parent">The folder for temporary files.</param>
    public static RunFolder Create(string parent)
    {
        Sweep(parent);
        return new RunFolder(
            Directory.CreateDirectory(
                System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N")[..12])).FullName);
    }

    /// <summary>Removes the folders of runs that are over.</summary>
    /// <param name="parent">The folder for temporary files.</param>
    public static void Sweep(string parent)
    {
        foreach (string folder in Directory.GetDirectories(parent, Prefix + "*"))
        {
            try
            {
                if (IsOver(folder))
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It belongs to a run that goes on, or to another user.
            }
        }
    }

    /// <summary>Removes what is in the folder. The folder, which says that the run goes on, stays.</summary>
    public void Clear()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos())
        {
            try
            {
                if (entry is DirectoryInfo { LinkTarget: null } folder)
                    folder.Delete(recursive: true);
                else if (entry.Name != LockName)
                    entry.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A process that has not ended yet still writes to it.
            }
        }
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process still writes to it; the shell or the next run removes it.
        }

        _watch?.Dispose();
    }

    // The lock is the system's: it goes with the process that holds it.
    private static bool IsOver(string folder)
    {
        string path = System.IO.Path.Combine(folder, LockName);
        if (!File.Exists(path))
            return DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Grace;
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        return true;
    }
}
