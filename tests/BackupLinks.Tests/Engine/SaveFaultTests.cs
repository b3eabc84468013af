using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>What stores and networks do to a download, one fault at a time.</summary>
public sealed class SaveFaultTests : SaveTest
{
    public static TheoryData<string> HarmlessFaults => [.. Harmless.Keys];

    private static Dictionary<string, (ObjectFault Fault, int? Count)> Harmless { get; } = new()
    {
        ["range ignored"] = (new() { IgnoreRange = true }, null),
        ["range ignored from the second request on"] = (new() { CutAfter = 100_000 }, 3),
        ["no entity tag"] = (new() { ETag = "" }, null),
        ["weak entity tag"] = (new() { ETag = "W/\"abc\"" }, null),
        ["entity tag of parts"] = (new() { ETag = "\"0123456789abcdef0123456789abcdef-3\"" }, null),
        ["no length, chunks"] = (new() { Chunked = true }, null),
        ["no length, no ranges, chunks"] = (new() { Chunked = true, IgnoreRange = true }, null),
        ["no length, end by closing"] = (new() { EndByClosing = true, IgnoreRange = true, ETag = "" }, null),
        ["Content-Range that lies about the place"] = (new() { ShiftContentRange = 7 }, null),
        ["Content-Range that lies about the size"] = (new() { GrowContentRange = 1 << 20 }, null),
        ["compressed uninvited"] = (new() { Gzip = true }, null),
        ["encrypted by the store"] = (new() { Encrypted = true }, null),
        ["cut again and again"] = (new() { CutAfter = 1_000_000 }, 20),
        ["preconditions ignored"] = (new() { IgnorePreconditions = true }, null),
    };

    [Theory]
    [MemberData(nameof(HarmlessFaults))]
    public void A_store_that_is_odd_or_broken_for_a_while_costs_time_only(string fault)
    {
        var item = Put("dump.rdb", (2 * Segment) + 4321);
        Fault(Harmless[fault].Fault, Harmless[fault].Count);

        AssertSaved(item, SaveOne(Row(item, item.Length), "-SegmentCount 3 -MaximumRetryCount 20"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(408)]
    public void A_busy_store_is_asked_again(int status)
    {
        var item = Put("dump.rdb", (3 * Segment) + 1);
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Status = status, Count = 3, After = 1 });

        AssertSaved(item, SaveOne(Row(item), "-SegmentCount 4"));
    }

    [Fact]
    public void A_store_that_bears_fewer_connections_is_served_by_those_it_bears()
    {
        var item = Put("dump.rdb", (6 * Segment) + 1);
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Status = 503, Count = 2, After = 1 });

        AssertSaved(item, SaveOne(Row(item), "-SegmentCount 4 -MaximumRetryCount 0"));
    }

    [Fact]
    public void A_connection_that_breaks_goes_on_at_the_same_byte()
    {
        var item = Put("dump.rdb", Segment);
        Fault(new ObjectFault { CutAfter = 3_000_000 }, count: 1);

        AssertSaved(item, SaveOne(Row(item)));

        Assert.Equal("bytes=0-8388607", StoreRequests[0].Headers["Range"]);
        Assert.Matches("^bytes=[1-9][0-9]*-8388607$", StoreRequests[1].Headers["Range"]);
        Assert.Equal(item.ETag, StoreRequests[1].Headers["If-Match"]);
        // What was on the wire when the connection broke comes again, and no more.
        Assert.InRange(Server.ObjectBytesSent, Segment, Segment + 3_000_000);
    }

    [Fact]
    public void A_connection_that_breaks_without_a_byte_too_often_is_an_error()
    {
        var item = Put("dump.rdb", Segment);
        Fault(new ObjectFault { CutAfter = 0 });

        var error = Save(Row(item), "-MaximumRetryCount 2").SingleError("ServiceUnavailable");

        Assert.Contains("3 attempts", error.Exception.Message);
        // One more for each that broke before its first line had come.
        Assert.InRange(StoreRequests.Count, 3, 9);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_silent_connection_is_broken_and_taken_up_again()
    {
        var item = Put("dump.rdb", Segment);
        Fault(new ObjectFault { StallAfter = 1_000_000 }, count: 1);

        AssertSaved(item, SaveOne(Row(item), "-StallTimeoutSec 2 -MaximumRetryCount 100"));
    }

    [Fact]
    public void A_store_that_stays_silent_is_an_error_and_what_came_is_kept()
    {
        var item = Put("dump.rdb", Segment);
        Fault(new ObjectFault { StallAfter = 1_000_000 });

        // On a machine that gives this process no time, the bytes of an attempt may come too late; those of ten do not.
        var error = SaveUntilBytesCame(item, "-StallTimeoutSec 1 -MaximumRetryCount 0");
        Server.Faults.Clear();
        long sent = Server.ObjectBytesSent;
        var saved = SaveOne(Row(item));

        Assert.StartsWith("Stalled,", error);
        AssertSaved(item, saved);
        Assert.InRange(saved.BytesResumed, 1, sent);
        Assert.Equal(item.Length, saved.BytesResumed + Server.ObjectBytesSent - sent);
    }

    [Fact]
    public void Room_for_a_segment_is_set_aside_before_its_bytes_come()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system sets it aside as bytes are written.");
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework is for Windows only.");
        var item = Put("dump.rdb", Segment);
        Fault(new ObjectFault { StallAfter = 1_000_000 });

        SaveUntilBytesCame(item, "-StallTimeoutSec 1 -MaximumRetryCount 0");

        string path = Path.Combine(Folder, "dump.rdb.partial");
        Assert.InRange(new FileInfo(path).Length, 1, Segment - 1);
        Assert.InRange(RoomOf(path), Segment, long.MaxValue);
    }

    [Fact]
    public void A_store_that_does_not_begin_to_answer_is_an_error()
    {
        var item = Put("dump.rdb", 100);
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Delay = TimeSpan.FromMinutes(10) });

        var error = Save(Row(item), "-StallTimeoutSec 1 -MaximumRetryCount 0").SingleError("Stalled");

        Assert.Contains("-StallTimeoutSec", error.Exception.Message);
    }

    [Theory]
    [InlineData(404, "NoSuchKey", "NotFound")]
    [InlineData(403, "AccessDenied", "AccessDenied")]
    [InlineData(400, "InvalidArgument", "InvalidRequest")]
    [InlineData(501, "NotImplemented", "ServiceUnavailable")]
    public void A_refusal_is_an_error_and_never_a_file(int status, string code, string id)
    {
        var item = Put("dump.rdb", 100);
        Server.Faults.Add(new SandboxFault
        {
            Path = "/obs/", Status = status, ContentType = "application/xml", EchoRequest = true,
            Body = $"<Error><Code>{code}</Code><Message>No. You asked {{0}}</Message><RequestId>R1</RequestId></Error>",
        });

        var error = Save(Row(item), "-MaximumRetryCount 0").SingleError(id);

        Assert.Contains(code, error.Exception.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_page_of_a_portal_never_becomes_the_file()
    {
        var item = Put("dump.rdb", 100);
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", Status = 200, ContentType = "text/html",
            Body = "<html>Please sign in</html>" });

        Save(Row(item)).SingleError("InvalidResponse");
        Save(Row(item, 100)).SingleError("SizeMismatch");
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_file_of_another_size_than_stated_is_an_error(bool ignoreRange, bool chunked)
    {
        var item = Put("dump.rdb", 5000);
        Fault(new ObjectFault { IgnoreRange = ignoreRange, Chunked = chunked });

        var error = Save(Row(item, 4000)).SingleError("SizeMismatch");

        Assert.Contains("4000", error.Exception.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_size_in_kilobytes_is_taken_to_the_kilobyte()
    {
        AssertSaved(Put("dump.rdb", 5000), SaveOne(Row(Put("dump.rdb", 5000), 5 * 1024)));
        Save(Row(Put("dump.rdb", 5000), 6 * 1024), "-Force").SingleError("SizeMismatch");
    }

    [Fact]
    public void A_body_whose_end_nobody_knows_is_not_called_whole()
    {
        var item = Put("dump.rdb", 5000);
        Fault(new ObjectFault { EndByClosing = true, IgnoreRange = true, ETag = "" });

        Save(Row(item)).SingleError("InvalidResponse");
        Assert.Empty(Directory.GetFiles(Folder));
        AssertSaved(item, SaveOne(Row(item), $"-ExpectedHash {item.Sha256}"));
    }

    [Fact]
    public void A_byte_that_was_turned_on_the_way_is_found_by_the_entity_tag_or_the_expected_hash()
    {
        var item = Put("dump.rdb", Segment + 5);
        // Of the second segment only: the second reading is right.
        Fault(new ObjectFault { CorruptAt = Segment + 1 }, count: 1, after: 1);

        var result = Save(Row(item));
        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Contains(result.Warnings, warning => warning.Contains("spoilt"));

        Fault(new ObjectFault { CorruptAt = 3, Encrypted = true });
        var error = Save(Row(item), $"-Force -ExpectedHash sha256:{item.Sha256.ToUpperInvariant()}").SingleError(
            "HashMismatch");

        Assert.Contains(item.Sha256, error.Exception.Message);
        AssertContent(item, Path.Combine(Folder, "dump.rdb"));
    }

    [Fact]
    public void A_tag_that_only_looks_like_an_MD5_is_told_in_a_warning_or_ignored()
    {
        var item = Put("dump.rdb", 5000);
        Fault(new ObjectFault { ETag = "\"5b3c1a2e053d763e1b002cc607c5a0fe\"" });

        Assert.Contains(Save(Row(item)).Warnings, warning => warning.Contains("not its MD5"));
        AssertContent(item, Path.Combine(Folder, "dump.rdb"));
        int requests = StoreRequests.Count;
        Assert.Empty(Save(Row(item), "-Force -IgnoreEntityTag").Warnings);
        Assert.Equal(requests + 1, StoreRequests.Count);
    }

    [Fact]
    public void A_store_that_dribbles_is_an_error_and_its_bytes_are_kept()
    {
        var item = Put("dump.rdb", 100_000);
        Fault(new ObjectFault { BytesPerSecond = 2000 });

        var error = Save(Row(item), "-StallTimeoutSec 1 -MinimumSpeed 1MB -MaximumRetryCount 1").SingleError("Stalled");

        Assert.Contains("-MinimumSpeed", error.Exception.Message);
        Server.Faults.Clear();
        Assert.InRange(SaveOne(Row(item)).BytesResumed, 1, item.Length);
    }

    [Fact]
    public void An_MD5_may_be_expected_too()
    {
        var item = Put("dump.rdb", 5000);

        AssertSaved(item, SaveOne(Row(item), $"-ExpectedHash {item.ETag.Trim('"')}"));
        Save(Row(item), $"-Force -ExpectedHash {new string('0', 32)}").SingleError("HashMismatch");
    }

    [Fact]
    public async Task An_object_that_is_replaced_during_the_download_is_begun_again_and_never_mixed()
    {
        var old = Put("dump.rdb", 3 * Segment);
        var row = Row(old);
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", Count = 1, Object = new ObjectFault { BytesPerSecond = 20_000_000 } });
        var replaced = Task.Run(() =>
        {
            Assert.True(SpinWait.SpinUntil(() => Server.ObjectBytesSent > 1_000_000, TestTimeout.Hang));
            return Put("dump.rdb", 3 * Segment, version: 2);
        });

        var result = Save(row, "-SegmentCount 1");

        var item = await replaced;
        Assert.Empty(result.Errors);
        var saved = result.Single<SavedBackupFile>();
        // Which version it is depends on when the replacement came; a mixture it never is.
        AssertContent(saved.Sha256 == old.Sha256 ? old : item, saved.Path);
    }

    [Fact]
    public void An_object_that_is_replaced_between_two_segments_is_begun_again_with_a_warning()
    {
        var old = Put("dump.rdb", 2 * Segment);
        var row = Row(old);
        Server.Faults.Add(new SandboxFault { Path = "/obs/", After = 1, Count = 1, Status = 412 });
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", After = 1, Count = 1, Object = new ObjectFault { ETag = "\"other\"" } });

        var result = Save(row, "-SegmentCount 2");

        Assert.Contains(result.Warnings, warning => warning.Contains("replaced during the download"));
        AssertSaved(old, result.Single<SavedBackupFile>());
    }

    [Fact]
    public void A_store_that_gives_another_version_with_every_answer_is_an_error()
    {
        var item = Put("dump.rdb", 2 * Segment);
        // Each answer is cut, so that each start needs a second one, which is of another version.
        for (int i = 0; i < 6; i++)
            Fault(new ObjectFault { ETag = $"\"version{i}\"", IgnorePreconditions = true,
            CutAfter = 100_000 }, count: 1);

        Save(Row(item), "-SegmentCount 1").SingleError("ObjectChanged");

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void Redirects_are_followed_five_times_and_no_more()
    {
        var item = Put("dump.rdb", 100);
        string target = Server.Presign(item).OriginalString;
        Redirect(5, target);
        AssertSaved(item, SaveOne(Row(item)));

        Redirect(6, target);
        var error = Save(Row(item), "-Force").SingleError("InvalidResponse");
        Assert.Contains("redirects", error.Exception.Message);
    }

    [Fact]
    public void A_redirect_to_plain_http_elsewhere_is_refused()
    {
        var item = Put("dump.rdb", 100);
        Redirect(1, "http://198.51.100.7/x?Signature=abcdefghijklmnop");

        Assert.DoesNotContain("abcdefghijklmnop", Save(Row(item)).SingleError("InsecureUri").ToString());
    }

    [Fact]
    public void Ctrl_C_leaves_a_file_that_the_next_run_goes_on_with()
    {
        var item = Put("dump.rdb", 3 * Segment);
        Fault(new ObjectFault { BytesPerSecond = 4_000_000 });
        StopAfter(item, 6_000_000);
        Server.Faults.Clear();
        long sent = Server.ObjectBytesSent;

        var saved = SaveOne(Row(item));

        AssertSaved(item, saved);
        Assert.InRange(saved.BytesResumed, 1, sent);
        Assert.Equal(item.Length, saved.BytesResumed + Server.ObjectBytesSent - sent);
    }

    [Fact]
    public void What_is_left_of_another_version_is_not_gone_on_with()
    {
        var old = Put("dump.rdb", 3 * Segment);
        Fault(new ObjectFault { BytesPerSecond = 4_000_000 });
        StopAfter(old, 6_000_000);
        Server.Faults.Clear();
        var item = Put("dump.rdb", 3 * Segment, version: 2);

        var result = Save(Row(item));

        Assert.Contains(result.Warnings, warning => warning.Contains("dump.rdb"));
        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Equal(0, result.Single<SavedBackupFile>().BytesResumed);
    }

    [Fact]
    public void What_is_left_of_another_object_with_the_same_tag_is_not_gone_on_with()
    {
        var old = Put("a/dump.rdb", 3 * Segment);
        Fault(new ObjectFault { BytesPerSecond = 4_000_000, ETag = "\"same\"" });
        StopAfter(old, 6_000_000);
        Server.Faults.Clear();
        Fault(new ObjectFault { ETag = "\"same\"" });
        var item = Put("b/dump.rdb", 3 * Segment);

        AssertSaved(item, SaveOne(Row(item)));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("half a line")]
    [InlineData("short data")]
    public void A_damaged_partial_file_costs_a_new_start_only(string damage)
    {
        var item = Put("dump.rdb", 3 * Segment);
        Fault(new ObjectFault { BytesPerSecond = 4_000_000 });
        StopAfter(item, 6_000_000);
        Server.Faults.Clear();
        string sidecar = Path.Combine(Folder, "dump.rdb.partial.json");
        byte[] notes = File.ReadAllBytes(sidecar);
        switch (damage)
        {
            case "cut":
                File.WriteAllBytes(sidecar, notes[..100]);
                break;
            case "half a line":
                for (int i = 60; i < notes.Length; i++)
                    notes[i] = (byte)'x';
                File.WriteAllBytes(sidecar, notes);
                break;
            default:
                using (var data = File.OpenWrite(Path.Combine(Folder, "dump.rdb.partial")))
                    data.SetLength(1000);
                break;
        }

        AssertSaved(item, SaveOne(Row(item)));
    }

    [Theory]
    [InlineData(".partial.json")]
    [InlineData(".partial")]
    public void A_file_of_somebody_elses_in_the_place_of_a_partial_one_is_set_aside(string suffix)
    {
        var item = Put("dump.rdb", 100);
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, "dump.rdb" + suffix);
        File.WriteAllText(path, "  { \"mine\": 1 }");

        var result = Save(Row(item));

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Contains(result.Warnings, warning => warning.Contains(path + ".1"));
        Assert.Equal("  { \"mine\": 1 }", File.ReadAllText(path + ".1"));
    }

    [Theory]
    [InlineData(".partial.json")]
    [InlineData(".partial")]
    public void A_file_of_somebody_elses_in_the_place_of_a_partial_one_goes_with_Force(string suffix)
    {
        var item = Put("dump.rdb", 100);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "dump.rdb" + suffix), "  { \"mine\": 1 }");

        AssertSaved(item, SaveOne(Row(item), "-Force"));

        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_partial_file_that_is_removed_during_the_download_is_never_called_saved()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux(), "Only Linux tells which file an open one is; Windows lets nobody remove it.");
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework is for Windows only.");
        var item = Put("dump.rdb", 2_000_000);
        Fault(new ObjectFault { BytesPerSecond = 2_000_000 }, count: 1);
        var meddler = Task.Run(() =>
        {
            SpinWait.SpinUntil(() => Server.ObjectBytesSent > 1_000_000, TestTimeout.Hang);
            string path = Path.Combine(Folder, "dump.rdb.partial");
            File.Delete(path);
            File.WriteAllBytes(path, new byte[2_000_000]);
        });

        var result = Save(Row(item));

        Assert.True(meddler.IsCompletedSuccessfully);
        Assert.Empty(result.Output);
        result.SingleError("FileInUse");
        Assert.False(File.Exists(Path.Combine(Folder, "dump.rdb")));
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/xml")]
    public void An_error_that_comes_as_a_success_is_no_backup(string type)
    {
        var item = Put("dump.rdb", 100);
        Server.Faults.Add(new SandboxFault
        {
            Path = "/obs/", Status = 200, ContentType = type,
            Headers = new Dictionary<string, string> { ["ETag"] = "\"page\"" },
            Body = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
        });

        Save(Row(item)).SingleError("LinkExpired");
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_body_that_ends_with_its_connection_is_whole_when_its_tag_says_so()
    {
        var item = Put("dump.rdb", 5000);
        Fault(new ObjectFault { EndByClosing = true, IgnoreRange = true });
        AssertSaved(item, SaveOne(Row(item)));

        Server.Faults.Clear();
        Fault(new ObjectFault { EndByClosing = true, IgnoreRange = true, CutAfter = 4700 });
        var error = Assert.Single(Save(Row(item, 5 * 1024), "-Force").Errors);
        Assert.Contains(
            error.FullyQualifiedErrorId.Split(',')[0], new[] { "HashMismatch", "ServiceUnavailable", "SizeMismatch" });
        AssertContent(item, Path.Combine(Folder, "dump.rdb"));
    }

    [Fact]
    public void A_store_without_a_tag_is_asked_for_the_file_once_however_many_connections_there_might_be()
    {
        var item = Put("dump.rdb", 3 * Segment);
        Fault(new ObjectFault { ETag = "" });

        var result = Save(Row(item), "-SegmentCount 8");

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.Empty(result.Warnings);
        Assert.Equal(2, StoreRequests.Count);
    }

    [Fact]
    public void No_byte_comes_twice_when_nothing_goes_wrong()
    {
        var item = Put("dump.rdb", (2 * Segment) + 12345);
        foreach (int count in new[] { 1, 4, 16 })
        {
            long sent = Server.ObjectBytesSent;
            AssertSaved(item, SaveOne(Row(item), $"-Force -SegmentCount {count}"));
            Assert.Equal(item.Length, Server.ObjectBytesSent - sent);
        }
    }

    [Theory]
    [InlineData(".partial")]
    [InlineData(".partial.json")]
    public void A_file_that_another_process_is_writing_is_left_alone(string suffix)
    {
        Directory.CreateDirectory(Folder);
        using var other = new FileStream(
            Path.Combine(Folder, "dump.rdb" + suffix), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var error = Save(Row(Put("dump.rdb", 100))).SingleError("FileInUse");

        Assert.Contains("in use", error.Exception.Message);
    }

    [Fact]
    public void A_file_that_the_disk_has_no_room_for_is_not_begun()
    {
        var item = Put("dump.rdb", 1L << 52);

        var error = Save(Row(item)).SingleError("DiskFull");

        Assert.Contains("4503599627370496", error.Exception.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void Stopped_at_random_points_it_ends_with_the_right_file_and_nothing_is_left_running()
    {
        var item = Put("dump.rdb", 4 * Segment);
        Fault(new ObjectFault { BytesPerSecond = 20_000_000 });
        var random = new Random(20260115);
        for (int i = 0; i < 20; i++)
            StopAfter(item, random.Next(4_000_000), "-SegmentCount 3");

        AssertSaved(item, SaveOne(Row(item), "-SegmentCount 3"));
        Assert.InRange(Server.ObjectBytesSent, item.Length, item.Length + (20L * Segment));
    }

    // What a file takes of the disk, in bytes.
    private static long RoomOf(string path)
    {
        using var stat = ChildProcess.Start("stat", ["-c", "%b", path]);
        return 512 * long.Parse(stat.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }

    // Saves until an attempt has left bytes behind, and returns how that one ended.
    private string SaveUntilBytesCame(SandboxObject item, string arguments)
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
    private void StopAfter(SandboxObject item, long bytes, string arguments = "")
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

    private bool HasBytes(SandboxObject item) =>
        new FileInfo(Path.Combine(Folder, item.Key.Split('/').Last() + ".partial")) is { Exists: true, Length: > 0 };

    private void Redirect(int times, string target) => Server.Faults.Add(new SandboxFault
    {
        Path = "/obs/", Count = times, Status = 302, Headers = new Dictionary<string, string> { ["Location"] = target },
    });
}
