using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Http.Headers;
using BackupLinks.Checksums;
using BackupLinks.Concurrency;
using BackupLinks.Files;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

public sealed class SaveBackupFileTests : SaveTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Segment - 1)]
    [InlineData(Segment)]
    [InlineData(Segment + 1)]
    [InlineData((5 * Segment) + 12345)]
    public void A_file_of_any_size_is_saved_whole(long size)
    {
        var item = Put("dump.rdb", size);

        AssertSaved(item, SaveOne(Row(item, size)));
        AssertSaved(item, SaveOne(Row(item), "-SegmentCount 1 -Force"));
        AssertSaved(item, SaveOne(Row(item), "-SegmentCount 7 -Force"));
        Assert.All(StoreRequests, request => Assert.Equal("GET", request.Method));
    }

    [Fact]
    public void A_file_above_4_GiB_is_gone_on_with_and_saved_whole()
    {
        const long Done = (4L << 30) + 12345;
        var item = SandboxObject.OfZeros("bucket", "backups/huge.rdb", Done + (2 * Segment) + 99);
        Server.Cloud.Put(item);
        // What an earlier run has left: a file of holes, which are zeros without taking any room.
        Directory.CreateDirectory(Folder);
        using (var data = File.Create(Path.Combine(Folder, "huge.rdb.partial")))
            data.SetLength(Done);
        string address = Server.Presign(item).GetLeftPart(UriPartial.Path);
        File.WriteAllBytes(
            Path.Combine(Folder, "huge.rdb.partial.json"),
            new PartialRecord(
                new ObjectIdentity(address, item.ETag, item.Length),
                [new(0, Done, ~Crc64.Ecma.Shift(ulong.MaxValue, Done))], [], null).ToLine(1));

        var saved = SaveOne(Row(item), "-SegmentCount 2");

        Assert.Equal((item.Length, Done), (saved.Size, saved.BytesResumed));
        // On a busy machine the store may break a connection that waits; its rest is requested again, to the same end.
        long next = Done;
        foreach (var part in StoreRequests
            .Select(request => RangeHeaderValue.Parse(request.Headers["Range"]).Ranges.Single())
            .GroupBy(range => range.To!.Value, range => range.From!.Value).OrderBy(part => part.Key))
        {
            Assert.Equal(next, part.Min());
            next = part.Key + 1;
        }

        Assert.Equal(item.Length, next);
        Assert.Equal(item.Sha256, saved.Sha256);
    }

    [Fact]
    public void Plain_http_to_the_intranet_is_accepted_by_a_parameter_and_never_by_data()
    {
        var link = Run($"Get-CdsBackupDownload @o {CdsInstanceId} {CdsBackupId} -Network Intranet").Output.Single();
        var copy = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(link, 2));
        copy.Properties["Uri"].Value = new Uri("http://10.0.0.1/redis/dump.rdb?Signature=x");

        Assert.Contains("-AllowIntranetHttp", Save(copy, "-WhatIf").SingleError("InsecureUri").Exception.Message);
        var accepted = Save(copy, "-WhatIf -AllowIntranetHttp");
        Assert.Empty(accepted.Errors);
    }

    [Fact]
    public void A_link_of_this_session_that_was_requested_for_the_intranet_may_be_plain_http()
    {
        Server.Faults.Add(new SandboxFault
        {
            Path = "/redis",
            Status = 200,
            Body = """
                {"Code":"Success","Data":{"BackupDownloadUrl":"http://10.0.0.1/a.rdb?x=1",
                "BackupIntranetDownloadUrl":"http://10.0.0.1/a.rdb?x=1"},"Message":"","TaskId":""}
                """,
        });

        string get = $"Get-CdsBackupDownload @o {CdsInstanceId} {CdsBackupId}";
        var accepted = Run($"{get} -Network Intranet | Save-BackupFile -WhatIf");
        Assert.Empty(accepted.Errors);
        Run($"{get} | Save-BackupFile -WhatIf").SingleError("InsecureUri");
    }

    [Fact]
    public void Objects_of_one_run_are_never_taken_for_each_other()
    {
        // Alike in all that a file is recognised by when nothing better tells.
        byte[] content = new byte[1024 * 1024];
        byte[] other = (byte[])content.Clone();
        other[200_000] = 1;
        SandboxObject[] items = [new("bucket", "a/dump.rdb", content), new("bucket", "b/dump.rdb", other)];
        foreach (var item in items)
            Server.Cloud.Put(item);
        Fault(new ObjectFault { ETag = "\"0123456789abcdef0123456789abcdef-2\"" });

        var saved = Save(items.Select(item => (object)Row(item)).ToArray(), "-ThrottleLimit 1").Output.Select(
            file => (SavedBackupFile)file.BaseObject).ToArray();

        Assert.Equal(items.Select(item => item.Sha256).Order(), saved.Select(file => file.Sha256).Order());
        Assert.Equal(2, saved.Select(file => file.Path).Distinct().Count());
    }

    [Fact]
    public void What_failed_of_a_session_is_saved_once_more_with_the_credential_of_the_session()
    {
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", Count = 1, Status = 404, ContentType = "application/xml",
            Body = "<Error><Code>NoSuchKey</Code></Error>" });

        // No vault, no environment.
        var result = Run(
            $"Get-RdsBackupFile @h {RdsBackupId} -InstanceId {RdsInstanceId} | Save-BackupFile -Destination "
                + $"'{Folder}' -ErrorVariable failed; $failed.TargetObject | Save-BackupFile -Destination '{Folder}'");

        var error = Assert.Single(result.Errors);
        Assert.Contains($"of backup '{RdsBackupId}'", error.Exception.Message);
        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Output, file => Assert.Equal(RdsInstanceId, ((SavedBackupFile)file.BaseObject).InstanceId));
    }

    [Fact]
    public void Links_of_every_command_are_saved_and_the_result_says_of_what()
    {
        var result = Run($$"""
            Get-DcsBackupLink @h {{DcsInstanceId}} {{DcsClusterBackupId}} | Save-BackupFile -Destination '{{Folder}}'
            Get-DcsLogLink @h {{DcsInstanceId}} {{DcsLogId}} | Save-BackupFile -Destination '{{Folder}}'
            Get-RdsBackupFile @h {{RdsBackupId}} | Save-BackupFile -Destination '{{Folder}}'
            Get-CdsBackupDownload @o {{CdsInstanceId}} {{CdsBackupId}} | Save-BackupFile -Destination '{{Folder}}'
            """);

        Assert.Empty(result.Errors);
        var saved = result.Output.Select(item => (SavedBackupFile)item.BaseObject).ToArray();
        Assert.Equal(7, saved.Length);
        Assert.Equal(3, saved.Count(file => file.InstanceId == DcsInstanceId && file.BackupId == DcsClusterBackupId));
        Assert.Single(saved, file => file.LogId == DcsLogId);
        foreach (var file in saved)
            AssertSaved(Server.Cloud.FindObject(new Uri(file.Source))!, file);
        AssertNoSignature(result);
    }

    [Fact]
    public void A_row_of_a_table_an_address_and_an_array_will_do()
    {
        var item = Put("dump.rdb", 100);
        var other = Put("other.rdb", 200);
        var result = Module.Run(
            """
            param($u, $rows, $d)
            $u | Save-BackupFile -Destination $d/a
            "$($u.AbsoluteUri)" | Save-BackupFile -Destination $d/b
            Save-BackupFile -Uri $u -FileName c.rdb -Size 100 -Destination $d
            Save-BackupFile $rows $d
            """,
            Server.Presign(item), new System.Collections.ArrayList { Row(item), Row(other) }, Folder);

        Assert.Empty(result.Errors);
        Assert.Equal(
            [Path.Combine("a", "dump.rdb"), Path.Combine("b", "dump.rdb"), "c.rdb", "dump.rdb", "other.rdb"],
            result.Output.Select(file => Path.GetRelativePath(Folder, ((SavedBackupFile)file.BaseObject).Path))
                .Order());
    }

    [Fact]
    public void WhatIf_shows_no_character_that_a_screen_obeys()
    {
        Module.Run(
            "param($link, $d) $link | Save-BackupFile -Destination $d -WhatIf", Row(Put("dump.rdb", 100)),
            Path.Combine(Folder, "in\u202Eside"));

        Assert.Contains("inside", Module.Screen);
        Assert.DoesNotContain('\u202E', Module.Screen);
    }

    [Fact]
    public void WhatIf_touches_nothing()
    {
        var result = Save(Row(Put("dump.rdb", 100)), "-WhatIf");

        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(Folder));
        Assert.Empty(StoreRequests);
    }

    [Fact]
    public void One_bad_file_of_64_is_one_error_and_63_files()
    {
        var items = Enumerable.Range(0, 64).Select(i => Put($"f{i}.rdb", 1000 + i)).ToArray();
        object[] rows = [.. items.Select(item => (object)Row(item))];
        ((PSObject)rows[17]).Properties["Uri"].Value += "x";

        var result = Save(rows);

        Assert.Equal(
            "f17.rdb", ((PSObject)result.SingleError("AccessDenied").TargetObject).Properties["FileName"].Value);
        Assert.Equal(63, result.Output.Count);
        foreach (var file in result.Output.Select(item => (SavedBackupFile)item.BaseObject))
            AssertSaved(items[int.Parse(Path.GetFileNameWithoutExtension(file.Path)[1..])], file);
    }

    [Theory]
    [InlineData("5", "InvalidLink")]
    [InlineData("'ftp://h/x'", "InvalidLink")]
    [InlineData("[pscustomobject]@{ FileName = 'x' }", "InvalidLink")]
    [InlineData("$(Get-Failing)", "InvalidLink")]
    [InlineData("[pscustomobject]@{ Uri = 'https://h/x?Signature=abcdefghijklmnop'; Size = 'big' }", "InvalidLink")]
    [InlineData(
        "[pscustomobject]@{ Uri = 'https://h/x?Signature=abcdefghijklmnop'; ExpectedHash = 'abc' }", "InvalidLink")]
    [InlineData("'http://198.51.100.7/x?Signature=abcdefghijklmnop'", "InsecureUri")]
    public void What_is_no_safe_link_is_one_error_and_the_next_is_saved(string bad, string id)
    {
        var result = Module.Run(
            $"param($row, $d) function Get-Failing {{ $o = [pscustomobject]@{{}}; "
                + $"$o.PSObject.Properties.Add([psscriptproperty]::new('Uri', {{ throw 'boom' }})); $o }}; {bad}, "
                + $"$row | ForEach-Object {{ $_ }} | Save-BackupFile -Destination $d -Verbose",
                Row(Put("dump.rdb", 100)), Folder);

        result.SingleError(id);
        result.Single<SavedBackupFile>();
        Assert.DoesNotContain("abcdefghijklmnop", result.Errors[0].ToString());
    }

    [Fact]
    public void Sizes_that_cannot_be_do_not_end_the_others()
    {
        var item = Put("dump.rdb", 3_000_000);
        Fault(new ObjectFault { BytesPerSecond = 2_000_000 });
        object[] rows = [Row(item), Row(Put("a.rdb", 10), long.MaxValue),
        Row(Put("b.rdb", 10), long.MaxValue - 16_777_216)];

        var result = Save(rows, "-ThrottleLimit 1");

        AssertSaved(item, result.Single<SavedBackupFile>());
        Assert.All(result.Errors, error => Assert.StartsWith("SizeMismatch", error.FullyQualifiedErrorId));
    }

    [Fact]
    public void The_link_in_an_error_has_no_signature_and_can_still_be_renewed_and_saved()
    {
        Module.AddVault("Vault", new System.Collections.Hashtable
        {
            ["HuaweiCloud"] = new System.Collections.Hashtable { ["AccessKey"] = OperatorKey.AccessKey,
            ["SecretKey"] = OperatorKey.SecretKey, ["Region"] = Region, ["Endpoint"] = Endpoint },
        });
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Status = 404, Count = 1 });
        var result = Run(
            $"Get-DcsBackupLink {DcsInstanceId} {DcsSingleBackupId} | Save-BackupFile -Destination '{Folder}'");

        var target = (PSObject)result.SingleError("NotFound").TargetObject;

        Assert.DoesNotContain("Signature=", PSSerializer.Serialize(target));
        Assert.Equal(DcsSingleBackupId, SaveOne(target).BackupId);
    }

    [Fact]
    public void Input_is_read_on_while_files_come()
    {
        Fault(new ObjectFault { BytesPerSecond = 1_000_000 });
        object[] rows = [.. Enumerable.Range(0, 20).Select(i => (object)Row(Put($"f{i}.rdb", 300_000)))];
        var result = Module.Run(
            """
            param($rows, $d)
            $started = [DateTime]::UtcNow
            $rows | ForEach-Object { $script:last = [DateTime]::UtcNow; $_ } |
                Save-BackupFile -Destination $d -ThrottleLimit 2 |
                ForEach-Object { if (-not $script:first) { $script:first = [DateTime]::UtcNow } }
            $script:first -gt $script:last
            """,
            rows, Folder);

        Assert.Equal(true, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void Progress_has_one_line_for_the_job_and_one_a_file_and_goes_away()
    {
        Fault(new ObjectFault { BytesPerSecond = 400_000 });
        object[] rows = [.. Enumerable.Range(0, 6).Select(i => (object)Row(Put($"f{i}.rdb", 400_000), size: 400_000))];
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var result = Save(rows, "-ThrottleLimit 2");

        var most = watch.Elapsed;
        Assert.Empty(result.Errors);
        var records = result.Progress;
        int job = records[0].ActivityId;
        Assert.Contains(
            records, record =>
                record.ActivityId == job && record.StatusDescription.Contains("of 6 files")
                    && record.PercentComplete > 0 && record.SecondsRemaining >= 0);
        Assert.Equal([job, job + 1, job + 2], records.Select(record => record.ActivityId).Distinct().Order());
        Assert.All(
            records.Where(record => record.ActivityId != job && record.RecordType == ProgressRecordType.Processing),
            record => Assert.Equal(job, record.ParentActivityId));
        foreach (var line in records.GroupBy(record => record.ActivityId))
            Assert.Equal(ProgressRecordType.Completed, line.Last().RecordType);
        // Three seconds of transfer at least, the first of them quiet.
        Assert.InRange(records.Count(record => record.ActivityId == job), 2, 2 + (most / ProgressMeter.Interval));
    }

    [Fact]
    public void A_bandwidth_limit_holds_for_all_files_together()
    {
        object[] rows = [.. Enumerable.Range(0, 4).Select(i => (object)Row(Put($"f{i}.rdb", 250_000)))];
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var result = Save(rows, "-BandwidthLimit 1000000");

        Assert.Equal(4, result.Output.Count);
        Assert.True(
            watch.Elapsed > TimeSpan.FromSeconds(0.9), $"A megabyte at a megabyte a second took {watch.Elapsed}.");
    }
}
