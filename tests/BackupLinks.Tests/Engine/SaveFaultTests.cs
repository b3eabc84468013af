using System;
using System.Collections.Generic;
using System.IO;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>What stores and networks do to a download, one fault at a time.</summary>
public sealed class SaveFaultTests : SaveFaultTest
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
    public void A_store_that_does_not_begin_to_respond_is_an_error()
    {
        var item = Put("dump.rdb", 100);
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Delay = TimeSpan.FromMinutes(10) });

        var error = Save(Row(item), "-StallTimeoutSec 1 -MaximumRetryCount 0").SingleError("Stalled");

        Assert.Contains("-StallTimeoutSec", error.Exception.Message);
    }

    [Fact]
    public void A_store_that_dribbles_is_an_error_and_its_bytes_are_kept()
    {
        var item = Put("dump.rdb", 100_000);
        Fault(new ObjectFault { BytesPerSecond = 2000 });

        // On a machine that gives the store no time, an attempt may end before a byte, or in silence; not all of ten
        // do.
        string message = "";
        for (int i = 0; i < 10 && !message.Contains("-MinimumSpeed", StringComparison.Ordinal); i++)
        {
            message = Save(Row(item), "-StallTimeoutSec 1 -MinimumSpeed 1MB -MaximumRetryCount 1")
                .SingleError("Stalled").Exception.Message;
        }

        Assert.Contains("-MinimumSpeed", message);
        Server.Faults.Clear();
        Assert.InRange(SaveOne(Row(item)).BytesResumed, 1, item.Length);
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
}
