using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Engine;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Peers;

/// <summary>The order of the system's calls, as strace sees them: it decides what a power cut leaves.</summary>
public sealed partial class DurabilityTests : SaveTest
{
    private const string Name = "dump.rdb";

    [Fact]
    public void Data_sidecar_name_and_folder_are_flushed_in_the_order_that_leaves_the_old_or_the_new()
    {
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework is for Windows only.");
        Fault(new ObjectFault { BytesPerSecond = 20_000_000 });
        var item = Put(Name, 2 * Segment);

        var calls = Trace(
            """
            param($manifest, $uri, $folder)
            Import-Module $manifest
            [pscustomobject]@{ Uri = $uri; FileName = 'dump.rdb' } |
                Save-BackupFile -Destination "$folder/new/saved" -SegmentCount 2
            """,
            Server.Presign(item).OriginalString);

        int named = IndexOf(calls, $"rename {Name}");
        // The new folders, before anything in them.
        int first = IndexOf(calls, $"open {Name}.partial.json");
        Assert.InRange(IndexOf(calls, "fsync new"), 0, first);
        Assert.InRange(IndexOf(calls, "fsync " + Path.GetFileName(Folder)), 0, first);
        // The data, then the name, then the folder, then the sidecar.
        Assert.InRange(calls.FindLastIndex(named, call => call == $"fsync {Name}.partial"), first, named);
        Assert.DoesNotContain(
            $"write {Name}.partial", calls.Skip(calls.FindLastIndex(named, call => call == $"fsync {Name}.partial")));
        int removed = IndexOf(calls, $"unlink {Name}.partial.json");
        int folder = calls.FindIndex(named, call => call == "fsync saved");
        Assert.InRange(folder, named, removed);
        // Each claim of flushed bytes: the data, the names, the claim.
        int claim = IndexOf(calls, $"fsync {Name}.partial.json");
        Assert.InRange(IndexOf(calls, $"fsync {Name}.partial"), 0, claim);
        Assert.InRange(IndexOf(calls, "fsync saved"), 0, claim);
        AssertContent(item, Path.Combine(Folder, "new", "saved", Name));
    }

    [Fact]
    public void A_manifest_is_flushed_renamed_and_its_folder_flushed()
    {
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework is for Windows only.");

        var calls = Trace(
            """
            param($manifest, $uri, $folder)
            Import-Module $manifest
            [pscustomobject]@{ Uri = $uri; FileName = 'dump.rdb' } | Export-BackupLink "$folder/links.jsonl"
            """,
            Server.Presign(Put(Name, 10)).OriginalString);

        int named = IndexOf(calls, "rename links.jsonl");
        Assert.Contains(calls.Take(named), call => call.StartsWith("fsync .", StringComparison.Ordinal));
        Assert.Contains("fsync " + Path.GetFileName(Folder), calls.Skip(named));
    }

    private static int IndexOf(List<string> calls, string call)
    {
        int index = calls.IndexOf(call);
        Assert.True(index >= 0, $"There is no '{call}' among:\n{string.Join('\n', calls)}");
        return index;
    }

    // The calls that concern the folder, in their order: a verb and the last part of a path.
    private List<string> Trace(string script, string uri)
    {
        string strace = Peer.Require("strace");
        Directory.CreateDirectory(Folder);
        string file = Path.Combine(Folder, "run.ps1");
        File.WriteAllText(file, script);
        string log = Path.Combine(Folder, "trace.log");
        string host = Path.Combine(AppContext.BaseDirectory, "BackupLinks.Sandbox.dll");
        var (exitCode, output) = Peer.Run(
            strace, "-f", "-y", "-qq", "--seccomp-bpf", "-e",
            "trace=openat,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat", "-e",
            "signal=none", "-o", log,
            ChildProcess.Dotnet, host, "run", file, ModuleHost.ManifestPath, uri, Folder);
        Assert.SkipWhen(
            output.Contains("ptrace", StringComparison.Ordinal) && exitCode != 0,
            "This machine does not let strace trace.");
        Assert.True(exitCode == 0, output);
        return [.. File.ReadLines(log).Where(line => line.Contains(Folder, StringComparison.Ordinal)).Select(ToCall)
            .OfType<string>()];
    }

    private static string? ToCall(string line)
    {
        // A call that another thread's interrupts is named whole where it begins.
        if (CallPattern().Match(line) is not { Success: true } call)
            return null;
        string verb = call.Groups["verb"].Value switch
        {
            "openat" => line.Contains("O_CREAT", StringComparison.Ordinal) ? "open" : "",
            "pwrite64" or "pwritev" => "write",
            "fsync" or "fdatasync" => "fsync",
            "unlink" or "unlinkat" => "unlink",
            _ => "rename",
        };
        if (verb.Length == 0)
            return null;
        string rest = call.Groups["rest"].Value;
        var paths = verb is "write" or "fsync" ? HandlePattern().Matches(rest) : PathPattern().Matches(rest);
        return paths.Count == 0
            ? null : $"{verb} {Path.GetFileName((verb == "rename" ? paths[^1] : paths[0]).Groups["path"].Value)}";
    }

    [GeneratedRegex("""^\d+\s+(?<verb>\w+)\((?<rest>.*)$""")]
    private static partial Regex CallPattern();

    [GeneratedRegex("""\d+<(?<path>[^>]*)>""")]
    private static partial Regex HandlePattern();

    [GeneratedRegex("\"(?<path>[^\"]*)\"")]
    private static partial Regex PathPattern();
}
